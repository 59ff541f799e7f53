using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>A real cluster of three primaries on loopback, of servers that keep what they have when they are killed.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16384;

    private readonly TestFolder folder = new();
    private readonly List<RedisServer> nodes = [];

    private RedisCluster()
    {
    }

    public IReadOnlyList<RedisServer> Nodes => nodes;

    public string Address => $"redis://{string.Join(',', nodes.Select(node => $"127.0.0.1:{node.Port}"))}/0";

    /// <summary>Skips the calling test where there is no Redis.</summary>
    public static async Task<RedisCluster> StartAsync(params string[] options)
    {
        Assert.SkipWhen(RedisServer.Program is null, "There is no redis-server on this machine (Debian package redis-server).");
        var cluster = new RedisCluster();
        try
        {
            for (int i = 0; i < 3; i++)
            {
                await cluster.AddAsync(options);
            }

            int share = Slots / 3;
            for (int i = 0; i < 3; i++)
            {
                int last = i == 2 ? Slots - 1 : ((i + 1) * share) - 1;
                Require("+OK", await cluster.nodes[i].AskAsync("CLUSTER", "ADDSLOTSRANGE", Text(i * share), Text(last)));
                Require("+OK", await cluster.nodes[i].AskAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1)));
            }

            await cluster.MeetAsync(cluster.nodes[1]);
            await cluster.MeetAsync(cluster.nodes[2]);
            await cluster.UntilWholeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node whose slots have a key.</summary>
    public async Task<RedisServer> HolderOfAsync(string key)
    {
        foreach (RedisServer node in nodes)
        {
            string answer = await node.AskAsync("GET", key);
            if (answer[0] == '$')
            {
                if ((await node.AskAsync("ROLE")).Contains("master", StringComparison.Ordinal))
                {
                    return node;
                }
            }
        }

        throw new InvalidOperationException("No node answers for the key.");
    }

    /// <summary>Lets a new node follow a primary, and waits until it does.</summary>
    public async Task<RedisServer> FollowAsync(RedisServer primary, params string[] options)
    {
        RedisServer replica = await AddAsync(options);
        await MeetAsync(replica);
        await FollowAsync(replica, primary);
        return replica;
    }

    /// <summary>The killed node comes back on its port, with what it had.</summary>
    public async Task<RedisServer> RestartAsync(RedisServer killed, params string[] options)
    {
        int index = nodes.IndexOf(killed);
        nodes[index] = await RedisServer.LaunchOnAsync(RedisServer.Program!, killed.Port, OptionsOf(killed.Port, options));
        return nodes[index];
    }

    /// <summary>Until all slots are served, by every node's word.</summary>
    public Task UntilWholeAsync() => RedisServer.UntilAsync(async () =>
    {
        foreach (RedisServer node in nodes.Where(node => !node.IsOver))
        {
            string info = await node.AskAsync("CLUSTER", "INFO");
            if (!info.Contains("cluster_state:ok", StringComparison.Ordinal) || !info.Contains($"cluster_known_nodes:{nodes.Count}", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    });

    public Task UntilReplicatedAsync(RedisServer replica) => RedisServer.UntilAsync(async () =>
        (await replica.AskAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (RedisServer node in nodes)
        {
            await node.DisposeAsync();
        }

        folder.Dispose();
    }

    public static async Task<string> IdOfAsync(RedisServer node) => (await node.AskAsync("CLUSTER", "MYID")).Split("\r\n")[1];

    private static async Task FollowAsync(RedisServer replica, RedisServer primary)
    {
        string id = await IdOfAsync(primary);
        await RedisServer.UntilAsync(async () => (await replica.AskAsync("CLUSTER", "REPLICATE", id)).StartsWith("+OK", StringComparison.Ordinal));
        await RedisServer.UntilAsync(async () => (await replica.AskAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal));
    }

    private async Task<RedisServer> AddAsync(string[] options)
    {
        int port = FreeClusterPort();
        RedisServer node = await RedisServer.LaunchOnAsync(RedisServer.Program!, port, OptionsOf(port, options));
        nodes.Add(node);
        return node;
    }

    // The bus between nodes is ten thousand ports above.
    private static int FreeClusterPort()
    {
        while (true)
        {
            int port = RedisServer.FreePort();
            if (port < 55_000)
            {
                return port;
            }
        }
    }

    private string[] OptionsOf(int port, string[] options)
    {
        string place = System.IO.Directory.CreateDirectory(folder.File(Text(port))).FullName;
        return
        [
            "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no",
            "--repl-diskless-sync-delay", "0", "--dir", place, "--appendonly", "yes", "--appendfsync", "no", .. options,
        ];
    }

    private async Task MeetAsync(RedisServer node) =>
        Require("+OK", await nodes[0].AskAsync("CLUSTER", "MEET", "127.0.0.1", Text(node.Port)));

    private static void Require(string expected, string answer)
    {
        if (!answer.StartsWith(expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The cluster answers {answer}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
