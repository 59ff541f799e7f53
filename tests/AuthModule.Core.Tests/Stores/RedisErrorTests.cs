using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>What a Redis says instead of an answer: its own words, its own advice, and whether waiting helps.</summary>
[Trait("Feature", "E4")]
public sealed class RedisErrorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Codes that take a whole cluster, or a moment that cannot be made to last, come from the table.</summary>
    public static TheoryData<string, string, bool> Codes => new()
    {
        { "READONLY You can't write against a read only replica.", "it is a replica that takes no writes", true },
        { "MOVED 3999 127.0.0.1:6381", "its cluster has moved the entry", true },
        { "ASK 3999 127.0.0.1:6381", "its cluster is moving the entry", true },
        { "CLUSTERDOWN Hash slot not served", "its cluster does not serve every slot", true },
        { "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", "it is a replica that has lost its primary", true },
        { "LOADING Redis is loading the dataset in memory", "it is still loading its data", true },
        { "TRYAGAIN Multiple keys request during rehashing of slot", "its cluster is moving the entry's keys", true },
        { "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", "somebody's script keeps it busy", true },
        { "OOM command not allowed when used memory > 'maxmemory'.", "it has no memory left", false },
        { "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.", "it cannot save its data", false },
        { "NOREPLICAS Not enough good replicas to write.", "too few replicas follow it", true },
        { "NOAUTH Authentication required.", "it wants a user name and password", false },
        { "WRONGPASS invalid username-password pair or user is disabled.", "it does not take the user name and password", false },
        { "ERR invalid password", "it does not take the user name and password", false },
        { "NOPERM this user has no permissions to run the 'eval' command", "its user may not use EVAL", false },
        { "ERR The user executing the script can't run this command or subcommand script: 2bab", "its user may not use EVAL", false },
        { "ERR max number of clients reached", "it takes no more clients", true },
        { "ERR unknown command 'EVAL', with args beginning with: 'x'", "it does not run scripts (EVAL)", false },
        { "WRONGTYPE Operation against a key holding the wrong kind of value", "its key team:a holds something else", false },
        { "CROSSSLOT Keys in request don't hash to the same slot", "its cluster has the keys of one entry in different slots", false },
        { "ERR something new", "it refused EVAL", false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_error_has_its_own_words_and_advice(string error, string words, bool isTransient)
    {
        RedisFailure failure = RedisFailure.OfAnswer(error, "EVAL", "team:a");
        Assert.Contains(words, failure.Words, StringComparison.Ordinal);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.NotEmpty(failure.Advice);
        Assert.True(failure.WasNotDone);
        Assert.Equal(Codes.Count(row => row.Data.Item2 == words), Codes.Count(row => RedisFailure.OfAnswer(row.Data.Item1, "EVAL", "team:a").Words == failure.Words));
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_names_its_key()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await server.AskAsync("LPUSH", "authmodule:a", "x");
        await ExpectAsync(server.Address, "its key authmodule:a holds something else than an entry", "remove that key", isTransient: false);
    }

    [Fact]
    public async Task A_full_server_says_that_it_has_no_memory()
    {
        await using RedisServer server = await RedisServer.StartAsync("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
        await ExpectAsync(server.Address, "it has no memory left", "maxmemory", isTransient: false, store => store.SetAsync("a", new byte[2_000_000], null, Stop).AsTask());
    }

    [Fact]
    public async Task A_replica_without_its_primary_says_so()
    {
        await using RedisServer server = await RedisServer.StartAsync("--replicaof", "127.0.0.1 " + Nobody(), "--replica-serve-stale-data", "no");
        await ExpectAsync(server.Address, "replica", "primary", isTransient: true);
    }

    [Fact]
    public async Task A_server_that_takes_nobody_more_says_so()
    {
        await using RedisServer server = await RedisServer.StartAsync("--maxclients", "1");
        using var other = new TcpClient();
        await other.ConnectAsync(IPAddress.Loopback, server.Port, Stop);
        await RedisServer.UntilAsync(async () =>
        {
            try
            {
                return (await server.AskAsync("PING")).Contains("max number", StringComparison.Ordinal);
            }
            catch (System.IO.IOException)
            {
                return true; // It closed before the question was read.
            }
        });
        await ExpectAsync(server.Address, "it takes no more clients", "maxclients", isTransient: true);
    }

    [Fact]
    public async Task A_script_that_blocks_is_told_and_waited_for()
    {
        await using RedisServer server = await RedisServer.StartAsync("--busy-reply-threshold", "50");
        using RedisStore store = Open(server.Address, TimeSpan.FromSeconds(30));
        await store.SetAsync("a", [1], null, Stop);
        Task<string> endless = server.AskAsync("EVAL", "while true do end", "0");
        await RedisServer.UntilAsync(async () => (await server.AskAsync("PING")).StartsWith("-BUSY", StringComparison.Ordinal));
        await ExpectAsync(server.Address, "somebody's script keeps it busy", "SCRIPT KILL", isTransient: true);
        Task<byte[]?> waits = store.GetAsync("a", Stop).AsTask();
        await server.AskAsync("SCRIPT", "KILL");
        Assert.Equal([1], await waits);
        await endless;
    }

    [Fact]
    public async Task A_server_without_scripts_says_what_they_are_for()
    {
        await using RedisServer server = await RedisServer.StartAsync("--rename-command", "EVAL", string.Empty);
        await ExpectAsync(server.Address, "it does not run scripts (EVAL)", "Lua", isTransient: false, store => store.LockAsync("a", TimeSpan.FromSeconds(5), Stop).AsTask());
        await using RedisServer other = await RedisServer.StartAsync("--user", "default", "on", "nopass", "~*", "+@all", "-@scripting");
        await ExpectAsync(other.Address, "its user may not use EVAL", "+@scripting", isTransient: false, store => store.LockAsync("a", TimeSpan.FromSeconds(5), Stop).AsTask());
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_never_mistaken_for_another()
    {
        await using RedisServer server = await RedisServer.StartAsync("--databases", "4");
        await ExpectAsync(server.Address.Replace("/0", "/7", StringComparison.Ordinal), "it does not open database 7", "another database", isTransient: false, store => store.SetAsync("a", [1], null, Stop).AsTask());
        Assert.Contains(":0\r\n", await server.AskAsync("DBSIZE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slot_that_no_node_serves_is_told()
    {
        using var folder = new TestFolder();
        await using RedisServer server = await RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-port", Nobody().ToString(System.Globalization.CultureInfo.InvariantCulture), "--dir", folder.Path);
        await ExpectAsync(server.Address, "its cluster does not serve every slot", "CLUSTER INFO", isTransient: true);
    }

    private static async Task ExpectAsync(string address, string words, string advice, bool isTransient, Func<RedisStore, Task>? work = null)
    {
        using RedisStore store = Open(address, TimeSpan.FromMilliseconds(300));
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => work?.Invoke(store) ?? store.GetAsync("a", Stop).AsTask());
        Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(isTransient, error.IsTransient);
    }

    private static RedisStore Open(string address, TimeSpan patience) =>
        new(RedisAddress.Parse(address, new TestEnvironment()), new RedisStoreSettings(TimeProvider.System) { Patience = patience });

    private static int Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
