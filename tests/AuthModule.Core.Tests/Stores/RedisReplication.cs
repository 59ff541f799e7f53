using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>A primary with a replica, and where wanted three sentinels that watch them.</summary>
internal sealed class RedisReplication : IAsyncDisposable
{
    public const string Service = "tokens";

    private readonly TestFolder folder = new();
    private readonly List<RedisServer> sentinels = [];

    private RedisReplication(RedisServer primary, RedisServer replica)
    {
        Primary = primary;
        Replica = replica;
    }

    public RedisServer Primary { get; private set; }

    public RedisServer Replica { get; private set; }

    public string Address => $"redis://127.0.0.1:{Primary.Port},127.0.0.1:{Replica.Port}/0";

    public string SentinelAddress => $"redis-sentinel://{string.Join(',', sentinels.Select(sentinel => $"127.0.0.1:{sentinel.Port}"))}/{Service}/0";

    /// <summary>Skips the calling test where there is no Redis.</summary>
    public static Task<RedisReplication> StartAsync() => StartAsync(null, []);

    private static async Task<RedisReplication> StartAsync(string? password, string[] options)
    {
        RedisServer primary = await RedisServer.StartAsync(["--repl-diskless-sync-delay", "0", .. options]);
        RedisServer replica = await RedisServer.StartAsync(["--replicaof", "127.0.0.1 " + primary.Port, "--repl-diskless-sync-delay", "0", .. options]);
        var pair = new RedisReplication(primary, replica);
        await UntilFollowsAsync(replica, password);
        return pair;
    }

    /// <summary>Skips the calling test where there is no sentinel.</summary>
    public static async Task<RedisReplication> StartWatchedAsync(string? password = null)
    {
        string[] options = password is null ? [] : ["--requirepass", password, "--masterauth", password];
        RedisReplication pair = await StartAsync(password, options);
        for (int i = 0; i < 3; i++)
        {
            string file = pair.folder.File($"sentinel{i}.conf");
            await File.WriteAllTextAsync(
                file,
                $"bind 127.0.0.1\ndir {pair.folder.Path}\nsentinel monitor {Service} 127.0.0.1 {pair.Primary.Port} 2\nsentinel down-after-milliseconds {Service} 800\n"
                + $"sentinel failover-timeout {Service} 5000\n{(password is null ? string.Empty : $"sentinel auth-pass {Service} \"{password}\"\n")}");
            pair.sentinels.Add(await RedisServer.StartAsync(file));
        }

        await RedisServer.UntilAsync(async () =>
        {
            foreach (RedisServer sentinel in pair.sentinels)
            {
                string known = await sentinel.AskAsync("SENTINEL", "MASTER", Service);
                if (!Has(known, "num-slaves", "1") || !Has(known, "num-other-sentinels", "2"))
                {
                    return false;
                }
            }

            return true;
        });
        return pair;

        static bool Has(string answer, string name, string value)
        {
            string[] lines = answer.Split("\r\n");
            int at = Array.IndexOf(lines, name);
            return at >= 0 && lines[at + 2] == value;
        }
    }

    /// <summary>The replica becomes the primary, and the primary its replica, by an operator's hand. Both keep their connections.</summary>
    public async Task SwapAsync()
    {
        await Replica.AskAsync("REPLICAOF", "NO", "ONE");
        await Primary.AskAsync("REPLICAOF", "127.0.0.1", Replica.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (Primary, Replica) = (Replica, Primary);
        await UntilFollowsAsync(Replica);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RedisServer server in (RedisServer[])[.. sentinels, Replica, Primary])
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    private static Task UntilFollowsAsync(RedisServer replica, string? password = null) => RedisServer.UntilAsync(async () =>
        (await replica.AskWithAsync(password, "INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal));
}
