using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Secrets;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>A library's connection, to one node or to many of one cluster, and what was found out about it.</summary>
internal sealed class RedisConnection(IConnectionMultiplexer multiplexer, RedisSettings.Credential credential, string? userName)
{
    private const CommandFlags OnPrimary = CommandFlags.DemandMaster;

    // The library ignores that a database cannot be chosen, and goes on in another one.
    private const string SelectScript = "local r = redis.pcall('select', ARGV[1]) if type(r) == 'table' and r.err then return r.err end return 'OK'";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<int, bool> checkedDatabases = new();

    public IReadOnlyList<IServer> Servers => [.. multiplexer.GetServers().Where(server => server.IsConnected)];

    /// <summary>All nodes, also those that are not connected. A node of a cluster that is gone is asked for as long as nobody answers otherwise.</summary>
    public RedisHost[] Hosts =>
        [.. multiplexer.GetServers().Select(server => RedisHost.Of(server.EndPoint)).Where(host => host is { Host.Length: > 0, Port: > 0 })]; // One that knows itself only names no host.

    public bool IsCluster => Servers.Any(server => server.ServerType == ServerType.Cluster);

    public bool HasPrimary => Servers.Any(server => !server.IsReplica);

    /// <summary>Who takes writes, as texts: another value after a failover.</summary>
    public string Primaries { get; private set; } = string.Empty;

    /// <summary>Somebody follows a primary, so that what is written can outlive the node.</summary>
    public bool HasReplicas { get; private set; }

    public IDatabase Database(int number) => multiplexer.GetDatabase(number);

    /// <summary>Looks who takes writes and who follows. Where the user may not ask that, what the library found counts.</summary>
    public async Task LookAsync()
    {
        Primaries = string.Join(",", Servers.Where(server => !server.IsReplica).Select(server => RedisHost.Of(server.EndPoint).ToString()).OrderBy(host => host, System.StringComparer.Ordinal));
        HasReplicas = Servers.Any(server => server.IsReplica) || (!IsCluster && await RoleAsync().ConfigureAwait(false) is Role.Master { Replicas.Count: > 0 });
    }

    /// <summary>The primary that a replica follows; null where none of the nodes says.</summary>
    public async Task<RedisHost?> FindPrimaryAsync() =>
        await RoleAsync().ConfigureAwait(false) is Role.Replica { MasterIp.Length: > 0 } replica ? new RedisHost(replica.MasterIp, replica.MasterPort) : null;

    /// <exception cref="RedisFailureException">There is no such database, or the user may not use it.</exception>
    public async Task RequireDatabaseAsync(int number)
    {
        if (number == 0 || checkedDatabases.ContainsKey(number))
        {
            return;
        }

        if (IsCluster)
        {
            throw Fault("DATABASE", FormattableString.Invariant($"it is a cluster, which has no database {number}"), "Use database 0, and a prefix to keep applications apart (?prefix=TEXT:).");
        }

        RedisResult answer = await Database(0).ScriptEvaluateAsync(
            SelectScript, null, [number.ToString(CultureInfo.InvariantCulture)], OnPrimary | CommandFlags.NoScriptCache).ConfigureAwait(false);
        if ((string?)answer != "OK")
        {
            throw Fault("DATABASE", FormattableString.Invariant($"it does not open database {number}"), "Use another database (redis://HOST/NUMBER), or allow the user to SELECT it.");
        }

        checkedDatabases[number] = true;
    }

    /// <summary>Says who this is again, where the password has changed; connections that open later use it too.</summary>
    public async Task ChangePasswordAsync(Secret password)
    {
        if (credential.Current?.Matches(password) == true)
        {
            return;
        }

        foreach (IServer server in Servers)
        {
            await server.ExecuteAsync("AUTH", userName ?? "default", password.Reveal()).ConfigureAwait(false);
        }

        credential.Current = password;
    }

    /// <summary>
    /// Waits a moment until a replica has what was written by this connection: a primary that dies right after it took a renewed
    /// token would leave a refresh token behind that is spent.
    /// </summary>
    public async Task ReplicateAsync(int database, string key)
    {
        if (!HasReplicas)
        {
            return;
        }

        try
        {
            if (await Database(database).IdentifyEndpointAsync(key, OnPrimary).ConfigureAwait(false) is { } place)
            {
                await multiplexer.GetServer(place).ExecuteAsync("WAIT", 1, (int)LongestWait.TotalMilliseconds).ConfigureAwait(false);
            }
        }
        catch (RedisException)
        {
            // It is written; that nobody else has it yet is how Redis is.
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>Lets callers have their answers first.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await multiplexer.CloseAsync(allowCommandsToComplete: true).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nobody uses it any more.
        }

        multiplexer.Dispose();
    }

    private static RedisFailureException Fault(string code, string words, string advice) => new(new RedisFailure(code, words, advice));

    private async Task<Role?> RoleAsync()
    {
        foreach (IServer server in Servers)
        {
            try
            {
                return await server.RoleAsync().ConfigureAwait(false);
            }
            catch (Exception cause) when (cause is RedisException or TimeoutException)
            {
                // Not every user may ask, and not every server knows.
            }
        }

        return null;
    }
}
