using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Secrets;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>Connects to a Redis and finds the node that takes writes: among several hosts, by sentinels, or by asking a replica whom it follows.</summary>
internal static class RedisConnector
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const int MaxHops = 3;

    /// <param name="address">Where it is.</param>
    /// <param name="known">Further nodes that belonged to it the last time.</param>
    /// <param name="password">Of the user.</param>
    /// <param name="clock">Measures the waiting.</param>
    /// <exception cref="RedisFailureException">It cannot be reached, is not trusted, takes nobody in, or has no primary.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisAddress address, IEnumerable<RedisHost> known, Secret? password, TimeProvider clock)
    {
        IReadOnlyList<RedisHost> hosts = address.IsSentinel ? [await FindByServiceAsync(address, password, clock).ConfigureAwait(false)] : [.. address.Hosts.Union(known)];
        for (int hop = 1; ; hop++)
        {
            RedisConnection connection = await ConnectAsync(address, hosts, password, clock).ConfigureAwait(false);
            await connection.LookAsync().ConfigureAwait(false);
            if (connection.HasPrimary || connection.IsCluster)
            {
                return connection;
            }

            RedisHost? primary = await connection.FindPrimaryAsync().ConfigureAwait(false);
            await connection.CloseAsync().ConfigureAwait(false);
            if (primary is null || hop == MaxHops || hosts.Contains(primary))
            {
                throw new RedisFailureException(RedisFailure.OfAnswer("READONLY", "SET", null));
            }

            hosts = [primary, .. hosts];
        }
    }

    private static async Task<RedisConnection> ConnectAsync(RedisAddress address, IReadOnlyList<RedisHost> hosts, Secret? password, TimeProvider clock, bool isSentinel = false)
    {
        var report = new RedisReport();
        var credential = new RedisSettings.Credential(address.UserName, password);
        try
        {
            var tunnel = new RedisTunnel(address, report, clock, Timeout);
            ConfigurationOptions options = RedisSettings.Of(address, hosts, credential, tunnel);
            options.CommandMap = isSentinel ? CommandMap.Sentinel : options.CommandMap;
            var connection = new RedisConnection(await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false), credential, address.UserName);
            if (report.Worst is { Code: "WRONGPASS" } refused)
            {
                // The library goes on as the Redis' own user where that needs no password.
                await connection.CloseAsync().ConfigureAwait(false);
                throw new RedisFailureException(refused);
            }

            return connection;
        }
        catch (Exception cause) when (cause is RedisException or TimeoutException)
        {
            throw new RedisFailureException(
                report.Worst
                    ?? (cause is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
                        ? RedisErrors.Of(cause, new RedisCall("PING", null, 0, IsRepeatable: true))!
                        : RedisFailure.Late(Timeout)),
                cause);
        }
        finally
        {
            report.Close();
        }
    }

    // Sentinels often have no password of their own, and refuse a user that they do not know.
    private static async Task<RedisHost> FindByServiceAsync(RedisAddress address, Secret? password, TimeProvider clock)
    {
        RedisConnection sentinels;
        try
        {
            sentinels = await ConnectAsync(address, address.Hosts, null, clock, isSentinel: true).ConfigureAwait(false);
        }
        catch (RedisFailureException refused) when (refused.Failure.Code == "NOAUTH" && password is not null)
        {
            sentinels = await ConnectAsync(address, address.Hosts, password, clock, isSentinel: true).ConfigureAwait(false);
        }

        try
        {
            foreach (IServer sentinel in sentinels.Servers)
            {
                RedisResult answer = await sentinel.ExecuteAsync("SENTINEL", "get-master-addr-by-name", address.Service!).ConfigureAwait(false);
                if (!answer.IsNull && (string[]?)answer is { Length: 2 } place && int.TryParse(place[1], NumberStyles.None, CultureInfo.InvariantCulture, out int port))
                {
                    return new RedisHost(place[0], port);
                }
            }
        }
        catch (RedisServerException cause)
        {
            throw new RedisFailureException(
                new RedisFailure("SENTINEL", "what its address calls sentinels are none", "Name the sentinels and their port (26379), or write redis://HOST:PORT for a server."), cause);
        }
        finally
        {
            await sentinels.CloseAsync().ConfigureAwait(false);
        }

        throw new RedisFailureException(
            new RedisFailure("SENTINEL", $"its sentinels know no service '{address.Service}', or no primary of it", "Check the name after the sentinels (redis-sentinel://HOST,HOST/SERVICE): SENTINEL MASTERS lists them.")
            {
                IsTransient = true,
                IsLeft = true,
            });
    }
}
