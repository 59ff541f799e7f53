using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Stores;
using AuthModule.Core.Tests.Support;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.TestKit.Processes;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>Many processes with one credential on a cluster of three primaries, one of which is killed in the middle of each renewal.</summary>
[Collection(nameof(ProcessTests))]
public sealed class RedisFleetTests
{
    // Each process costs its start; AUTHMODULE_TEST_FLEET and AUTHMODULE_TEST_FLEET_ROUNDS ask for more.
    private static readonly int Processes = Number("AUTHMODULE_TEST_FLEET", 6);
    private static readonly int Rounds = Number("AUTHMODULE_TEST_FLEET_ROUNDS", 5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 3_600_000)]
    [Trait("Feature", "E5")]
    public async Task One_token_request_per_lifetime_although_the_node_that_holds_it_is_killed_during_the_renewal()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync();
        await using RotatingServer server = await RotatingServer.StartAsync();
        string storeKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var first = new EngineHost();
        first.Variables[StoreCatalog.KeyVariable] = storeKey;

        // A token that ends before the processes go on, so that each of them wants the next one.
        server.Seconds = 1;
        await first.GetAsync(server.Request(cluster.Address));
        RedisServer holder = await cluster.HolderOfAsync(await EntryAsync(cluster));
        RedisServer replica = await cluster.FollowAsync(holder);
        string store = cluster.Address;
        for (int round = 1; round <= Rounds; round++)
        {
            (int renewals, int signIns) = (server.Renewals, server.SignIns);
            server.Seconds = 3600;
            string?[] said = await RunRoundAsync(server, first.Table.Current!, holder, store, storeKey);
            Assert.All(said, line => Assert.Equal("token " + server.Current, line));
            Assert.Equal((renewals + 1, signIns, 0), (server.Renewals, server.SignIns, server.Refused));
            TestContext.Current.TestOutputHelper?.WriteLine($"Round {round}: {Processes} processes, one renewal, {server.Current}.");

            holder = await cluster.RestartAsync(holder);
            await cluster.UntilReplicatedAsync(holder);
            (holder, replica) = (replica, holder);
            server.Seconds = 1;
            await first.UpdateAsync();
        }
    }

    private static async Task<string?[]> RunRoundAsync(RotatingServer server, AuthSession last, RedisServer holder, string store, string storeKey)
    {
        var workers = new List<StoreWorker>();
        try
        {
            for (int i = 0; i < Processes; i++)
            {
                workers.Add(StoreWorker.Start(server.TokenEndpoint, store, "password", "once", Fleet.Password, storeKey));
            }

            Assert.All(await Task.WhenAll(workers.Select(worker => worker.ReadAsync(Stop))), line => Assert.Equal("ready", line));
            await RedisServer.UntilAsync(() => Task.FromResult(last.Token!.ExpiresIn < -TimeSpan.FromSeconds(0.5)));
            Task asked = server.HoldAsync();
            workers.ForEach(worker => worker.Go());
            Task<string?[]> said = Task.WhenAll(workers.Select(worker => worker.ReadAsync(Stop)));
            if (await Task.WhenAny(asked, said) == said)
            {
                Assert.Fail("Nobody asked for a token: " + string.Join("; ", await said));
            }

            await holder.KillAsync();
            server.Release();
            return await said;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    // The session's entry is the only one beside the store's own first one.
    private static async Task<string> EntryAsync(RedisCluster cluster)
    {
        foreach (RedisServer node in cluster.Nodes)
        {
            string? entry = (await node.AskAsync("KEYS", "authmodule:*")).Split("\r\n")
                .FirstOrDefault(line => line.StartsWith("authmodule:", StringComparison.Ordinal) && !line.Contains("seal", StringComparison.Ordinal) && !line.Contains("lock:", StringComparison.Ordinal));
            if (entry is not null)
            {
                return entry;
            }
        }

        throw new InvalidOperationException("The cluster has no entry.");
    }

    private static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : standard;
}
