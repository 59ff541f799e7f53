using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Processes;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>Several processes on one store, and what is left of it when they are killed.</summary>
[Collection(nameof(ProcessTests))]
public sealed class ProcessTests
{
    // Each kill costs the start of a process. three lanes of these make 201 kills; AUTHMODULE_TEST_KILLS asks for more.
    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("AUTHMODULE_TEST_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int kills) ? kills : 67;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "N3")]
    public async Task Sixteen_processes_on_one_file_store_cause_one_request()
    {
        using var folder = new TestFolder();
        await OneRequestAsync(16, "file:" + folder.File("store"));
        AssertNoToken(folder);
    }

    [Fact]
    [Trait("Feature", "N15")]
    public async Task Sixty_four_processes_on_one_redis_cause_one_request()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await OneRequestAsync(64, redis.Address);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("refresh_token")]
    [Trait("Feature", "N3")]
    public async Task A_file_store_survives_kills_at_any_moment(string grant)
    {
        using var folder = new TestFolder();
        await KillAtRandomAsync(grant, "file:" + folder.File("store"));
        Assert.Empty(Directory.GetFiles(folder.File("store"), "*.corrupt-*"));
        AssertNoToken(folder);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_redis_store_survives_kills_at_any_moment()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await KillAtRandomAsync("password", redis.Address);
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task A_process_that_ends_finishes_the_renewal_that_it_began_in_the_background()
    {
        // Signed in 59 minutes ago, for an hour.
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-59.2));
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync(clock);
        string store = "file:" + folder.File("store");
        AuthToken first = await fleet.NewEngine(clock).GetAsync(fleet.Request("password", store));

        using StoreWorker worker = fleet.StartWorker(store, "password", "once");
        Assert.Equal("ready", await worker.ReadAsync(Stop));
        worker.Go();
        Assert.Equal("token " + first.ToPlainText()[..12], await worker.ReadAsync(Stop));
        Assert.Null(await worker.ReadAsync(Stop));

        AuthToken second = await fleet.NewEngine().GetAsync(fleet.Request("password", store));
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.Null(second.Tokens.InDoubtSince);
        Assert.Equal((1, 1), (fleet.Count("password", 200), fleet.Count("refresh_token", 200)));
    }

    private static async Task OneRequestAsync(int processes, string store)
    {
        await using Fleet fleet = await Fleet.StartAsync();
        var workers = new List<StoreWorker>();
        try
        {
            for (int i = 0; i < processes; i++)
            {
                workers.Add(fleet.StartWorker(store, "client_credentials", "once"));
            }

            Assert.All(await Task.WhenAll(workers.Select(worker => worker.ReadAsync(Stop))), line => Assert.Equal("ready", line));
            workers.ForEach(worker => worker.Go());
            string?[] said = await Task.WhenAll(workers.Select(worker => worker.ReadAsync(Stop)));
            Assert.StartsWith("token ", Assert.Single(said.Distinct()), StringComparison.Ordinal);
            Assert.Equal(1, fleet.TokenRequests);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    // Two at a time renew without a pause, so that a kill hits any step; each kill is followed by a newcomer.
    private static async Task KillAtRandomAsync(string grant, string store)
    {
        await using Fleet fleet = await Fleet.StartAsync();
        string secret = grant == "password" ? Fleet.Password : await fleet.SignInAsync();
        var workers = new Queue<StoreWorker>();
        int explained = 0, tokens = 0;

        async Task StartAsync()
        {
            StoreWorker worker = fleet.StartWorker(store, grant, "renew", secret);
            workers.Enqueue(worker);
            Assert.Equal("ready", await worker.ReadAsync(Stop));
            worker.Go();
        }

        try
        {
            await StartAsync();
            await StartAsync();
            for (int i = 0; i < Kills; i++)
            {
                StoreWorker victim = workers.Dequeue();
                await workers.Peek().ReadAsync(Stop);
                string line = await victim.ReadAsync(Stop) ?? string.Empty;
                for (int spare = RandomNumberGenerator.GetInt32(8); spare > 0 && line.StartsWith("token", StringComparison.Ordinal); spare--)
                {
                    line = await victim.ReadAsync(Stop) ?? string.Empty;
                    tokens++;
                }

                if (!line.StartsWith("token", StringComparison.Ordinal))
                {
                    // Only one that cannot sign in by itself may lose its session, and has to say why.
                    Assert.Equal("refresh_token", grant);
                    Assert.Matches("^error RefreshTokenExpired .* most likely spent", line);
                    explained++;
                    secret = await fleet.SignInAsync();
                }

                Spin(RandomNumberGenerator.GetInt32(4_000_000));
                await victim.KillAsync();
                victim.Dispose();
                await StartAsync();
            }

            // The store still loads, and a newcomer gets a token by it.
            AuthToken last = await fleet.NewEngine().GetAsync(fleet.Request("password", store));
            Assert.NotNull(last.Tokens.RefreshToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {tokens} renewals seen, {fleet.Count("refresh_token", 200)} by refresh token, {fleet.Count("refresh_token", 400)} refused, {explained} sessions ended with an explanation.");
            Assert.True(tokens > 0);
            if (grant == "password")
            {
                // A refresh token that may be spent is not risked: no family is ever killed.
                Assert.Equal(0, fleet.Count("refresh_token", 400));
            }
        }
        finally
        {
            foreach (StoreWorker worker in workers)
            {
                worker.Dispose();
            }
        }
    }

    // Not a sleep: a moment that cannot be told beforehand.
    private static void Spin(int rounds) => Thread.SpinWait(rounds / 40);

    private static void AssertNoToken(TestFolder folder)
    {
        foreach (string file in Directory.GetFiles(folder.File("store"), "*.entry"))
        {
            string content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.DoesNotContain("access", content, StringComparison.Ordinal);
            Assert.DoesNotContain("Bearer", content, StringComparison.Ordinal);
            Assert.DoesNotContain("fleet", content, StringComparison.Ordinal);
        }
    }
}
