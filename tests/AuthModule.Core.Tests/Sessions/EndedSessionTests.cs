using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Time;
using Microsoft.AspNetCore.Http;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>What was revoked or forgotten does not come back, whatever was under way; what others work with stays theirs.</summary>
public sealed class EndedSessionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "N7")]
    public async Task A_renewal_under_way_does_not_bring_back_what_is_forgotten()
    {
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        AuthToken first = await engine.GetAsync(fleet.Request("password", "file:" + folder.Path));
        (Task arrived, TaskCompletionSource release) = fleet.Hold("/token");
        Task<AuthToken> renewing = engine.Engine.GetTokenAsync(engine.Table, first.Session, TokenRequirement.Now, engine.Log, Stop).AsTask();
        await arrived.WaitAsync(Stop);
        Task forgetting = engine.Engine.ForgetAsync(engine.Table, first.Session, Stop).AsTask();
        Assert.DoesNotContain(first.Session, engine.Table.All);

        release.SetResult();
        await renewing;
        await forgetting;
        Assert.Null(await first.Session.SessionStore.ReadAsync(first.Session, Stop));
        Assert.Null(first.Session.Token);
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task A_background_renewal_that_waited_for_the_revocation_does_not_sign_in_anew()
    {
        var clock = new ManualTimeProvider();
        await using Fleet fleet = await Fleet.StartAsync(clock, TimeSpan.FromMinutes(60));
        var host = new EngineHost(clock);
        AuthToken first = await host.GetAsync(Revocable(fleet, store: null));
        clock.Advance(TimeSpan.FromMinutes(59.5));
        (Task arrived, TaskCompletionSource release) = fleet.Hold("/revoke");
        Task<RevocationResult> revoking = host.RevokeAsync();
        await arrived.WaitAsync(Stop);

        // Who holds the session too is served the stale token, and starts a renewal that waits for the lock.
        await host.Engine.GetTokenAsync(first.Session, TokenRequirement.Default, host.Log, Stop);
        release.SetResult();
        Assert.Equal(RevocationOutcome.Confirmed, (await revoking).RefreshToken);
        await host.Engine.WhenRenewedAsync();
        Assert.Equal((1, 0), (fleet.Count("password", 200), fleet.Count("refresh_token", 200)));
        Assert.Null(await first.Session.SessionStore.ReadAsync(first.Session, Stop));
        Assert.Equal(SessionState.Expired, first.Session.State);

        // Who asks afterwards signs in, and is not told of a failure.
        Assert.NotEqual(first.ToPlainText(), (await host.Engine.GetTokenAsync(first.Session, TokenRequirement.Default, host.Log, Stop)).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task Tokens_that_the_store_did_not_take_are_the_ones_that_are_revoked()
    {
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        TokenRequest request = Revocable(fleet, "file:" + folder.File("store"));
        await engine.GetAsync(request);
        fleet.Server.Intercept = _ =>
        {
            Directory.Move(folder.File("store"), folder.File("away"));
            File.WriteAllText(folder.File("store"), "in the way");
            fleet.Server.Intercept = null;
            return Task.FromResult(false);
        };
        AuthToken unsaved = await engine.GetAsync(request, TokenRequirement.Now);
        File.Delete(folder.File("store"));
        Directory.Move(folder.File("away"), folder.File("store"));

        string[] live = [unsaved.Tokens.RefreshToken!.Reveal(), unsaved.ToPlainText()];
        var revoked = new List<string>();
        fleet.Server.Intercept = async context =>
        {
            context.Request.EnableBuffering();
            IFormCollection form = await context.Request.ReadFormAsync(Stop);
            context.Request.Body.Position = 0;
            revoked.Add(form["token"]!);
            return false;
        };
        await engine.RevokeAsync();
        Assert.Equal(live, revoked);
        Assert.Null(unsaved.Session.Unsaved);
        fleet.Server.Intercept = null;
        Assert.NotEqual(unsaved.ToPlainText(), (await engine.Engine.GetTokenAsync(unsaved.Session, TokenRequirement.Default, engine.Log, Stop)).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_session_that_is_forgotten_in_one_runspace_stays_whole_in_the_others()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        TokenRequest request = fleet.Request("refresh_token", refreshToken: await fleet.SignInAsync());
        var other = new SessionTable();
        AuthToken mine = await engine.GetAsync(request);
        AuthToken theirs = await engine.Engine.GetTokenAsync(other, engine.Engine.Open(other, request), TokenRequirement.Default, engine.Log, Stop);
        Assert.Equal(mine.ToPlainText(), theirs.ToPlainText());
        await engine.UpdateAsync();
        await engine.Engine.ForgetAsync(engine.Table, mine.Session, Stop);

        // Their own copy of the refresh token is spent; the newest is still to be found.
        await engine.Engine.GetTokenAsync(theirs.Session, TokenRequirement.Now, engine.Log, Stop);
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task A_session_that_is_forgotten_is_not_found_by_the_next_call()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        var other = new SessionTable();
        AuthToken mine = await engine.GetAsync(fleet.Request("password"));
        AuthToken theirs = await engine.Engine.GetTokenAsync(other, engine.Engine.Open(other, fleet.Request("password")), TokenRequirement.Default, engine.Log, Stop);
        await engine.Engine.ForgetAsync(engine.Table, mine.Session, Stop);

        AuthToken next = await engine.GetAsync(fleet.Request("password"));
        Assert.NotEqual(mine.ToPlainText(), next.ToPlainText());
        Assert.Equal(2, fleet.Count("password", 200));

        // From then on both work with the new one.
        await engine.Engine.GetTokenAsync(theirs.Session, TokenRequirement.Now, engine.Log, Stop);
        await engine.UpdateAsync();
        Assert.Equal((2, 0), (fleet.Count("refresh_token", 200), fleet.Count("refresh_token", 400)));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_full_memory_keeps_the_refresh_token_that_several_work_with()
    {
        var clock = new ManualTimeProvider();
        await using Fleet fleet = await Fleet.StartAsync(clock, TimeSpan.FromMinutes(10));
        await using TokenServer others = await TokenServer.StartAsync(86400);
        EngineHost engine = fleet.NewEngine(clock);
        TokenRequest request = fleet.Request("refresh_token", refreshToken: await fleet.SignInAsync());
        var table = new SessionTable();
        AuthToken mine = await engine.GetAsync(request);
        AuthToken theirs = await engine.Engine.GetTokenAsync(table, engine.Engine.Open(table, request), TokenRequirement.Default, engine.Log, Stop);
        await engine.GetAsync(request, TokenRequirement.Now);
        clock.Advance(TimeSpan.FromMinutes(11));
        foreach (int i in Enumerable.Range(0, 300))
        {
            var one = new SessionTable();
            await engine.Engine.GetTokenAsync(one, engine.Engine.Open(one, others.Client($"client{i}")), TokenRequirement.Default, engine.Log, Stop);
        }

        await engine.Engine.GetTokenAsync(theirs.Session, TokenRequirement.Default, engine.Log, Stop);
        await engine.Engine.GetTokenAsync(mine.Session, TokenRequirement.Now, engine.Log, Stop);
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    private static TokenRequest Revocable(Fleet fleet, string? store) =>
        fleet.Request("password", store) with { Parameters = new Dictionary<string, string> { ["revocationEndpoint"] = fleet.Server.Issuer + "/revoke" } };
}
