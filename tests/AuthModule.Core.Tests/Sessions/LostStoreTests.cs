using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Processes;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>What a store may lose costs at most one sign-in each, and never a session that others still hold.</summary>
public sealed class LostStoreTests : IDisposable
{
    private const int Processes = 6;

    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (string key in (string[])["bytes", "passphrase"])
            {
                foreach (string loss in (string[])["seal", "entries", "folder"])
                {
                    cells.Add("file", key, loss);
                }

                foreach (string loss in (string[])["seal", "flush"])
                {
                    cells.Add("redis", key, loss);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    [Trait("Feature", "N3")]
    public async Task It_costs_at_most_one_sign_in_each_and_no_family_of_tokens(string kind, string key, string loss)
    {
        await using RedisServer? redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        string store = redis?.Address ?? "file:" + folder.File("store");
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost NewProcess()
        {
            EngineHost engine = fleet.NewEngine();
            if (key == "passphrase")
            {
                engine.Variables[AuthModule.Stores.StoreCatalog.KeyVariable] = "a passphrase of some length";
            }

            return engine;
        }

        EngineHost[] running = [.. Enumerable.Range(0, Processes).Select(_ => NewProcess())];
        foreach (EngineHost process in running)
        {
            await process.GetAsync(fleet.Request("password", store));
        }

        int before = fleet.Count("password", 200);
        Assert.Equal(1, before);
        await LoseAsync(redis, loss);

        // Half of them go on, new ones come, the others go on: each renews by force.
        EngineHost[] newcomers = [.. Enumerable.Range(0, 3).Select(_ => NewProcess())];
        foreach (EngineHost process in running.Take(Processes / 2))
        {
            await process.UpdateAsync();
        }

        foreach (EngineHost process in newcomers)
        {
            await process.GetAsync(fleet.Request("password", store));
        }

        string[] tokens = await Task.WhenAll(running.Concat(newcomers).Select(async process => (await process.UpdateAsync()).ToPlainText()));

        Assert.Equal(0, fleet.Count("refresh_token", 400));
        Assert.InRange(fleet.Count("password", 200) - before, 0, Processes + newcomers.Length);
        if (loss == "seal")
        {
            Assert.Equal(before, fleet.Count("password", 200));
        }

        Assert.All(tokens, token => Assert.False(string.IsNullOrEmpty(token)));
        AuthToken last = await NewProcess().GetAsync(fleet.Request("password", store));
        Assert.True(last.HasRefreshToken);
        Figures.Add("Stores: kinds × keys × losses with a fleet of nine", $"{Cells.Count}, no refused refresh token");
    }

    [Fact]
    [Trait("Feature", "N8")]
    public async Task A_clock_that_was_set_back_means_one_renewal_for_all_new_processes()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        string store = "file:" + folder.File("store");
        AuthToken first = await fleet.NewEngine().GetAsync(fleet.Request("client_credentials", store));
        var back = new ManualTimeProvider(DateTimeOffset.UtcNow.AddDays(-30));
        string[] tokens = new string[4];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = (await fleet.NewEngine(back).GetAsync(fleet.Request("client_credentials", store))).ToPlainText();
        }

        Assert.DoesNotContain(first.ToPlainText(), tokens);
        Assert.Single(tokens.Distinct());
        Assert.Equal(2, fleet.TokenRequests);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task After_a_kill_in_the_middle_of_a_renewal_a_new_process_says_why_it_cannot_go_on()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        string store = "file:" + folder.File("store");
        string input = await fleet.SignInAsync();
        TokenRequest request = fleet.Request("refresh_token", store, input);
        await fleet.NewEngine().GetAsync(request);

        // The service has answered, and the process is gone before it read that.
        using (StoreWorker worker = fleet.StartWorker(store, "refresh_token", "renew", input))
        {
            Assert.Equal("ready", await worker.ReadAsync(Stop));
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            fleet.Server.Intercept = context =>
            {
                if (context.Request.Path == "/token")
                {
                    context.Response.OnStarting(async () =>
                    {
                        answered.TrySetResult();
                        await release.Task.WaitAsync(Stop);
                    });
                }

                return Task.FromResult(false);
            };
            worker.Go();
            await answered.Task.WaitAsync(Stop);
            await worker.KillAsync();
            fleet.Server.Intercept = null;
            release.SetResult();
        }

        int refusedBefore = fleet.Count("refresh_token", 400);
        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(() => fleet.NewEngine().GetAsync(request, AuthModule.Sessions.TokenRequirement.Now));

        Assert.Equal(AuthErrorId.RefreshTokenExpired, error.Code);
        Assert.Contains("most likely spent", error.Message, StringComparison.Ordinal);

        // Tried once, and the caller's own, which is spent for sure, not at all.
        Assert.Equal(refusedBefore + 1, fleet.Count("refresh_token", 400));
    }

    private async Task LoseAsync(RedisServer? redis, string loss)
    {
        if (redis is not null)
        {
            await redis.AskAsync(loss == "flush" ? ["FLUSHALL"] : ["DEL", "authmodule:seal"]);
            return;
        }

        string store = folder.File("store");
        if (loss == "folder")
        {
            Directory.Delete(store, recursive: true);
            return;
        }

        string seal = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("seal"u8)).ToLowerInvariant() + ".entry";
        foreach (string file in Directory.GetFiles(store, "*.entry").Where(file => loss == "seal" == (Path.GetFileName(file) == seal)))
        {
            File.Delete(file);
        }
    }
}
