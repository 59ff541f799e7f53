using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.TestKit.Browsers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>The device flow at the embedded server (RFC 8628).</summary>
public sealed class DeviceFlowTests
{
    private const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_enters_the_code_signs_in_and_allows()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: new HurriedClock());
        using var walk = new PageWalk();
        flow.WhenShown(async shown =>
        {
            (Uri address, string code) = EmbeddedFlow.ReadDevice(shown);
            await walk.OpenAsync(address);
            await walk.SubmitAsync(("user_code", "BCDF-GHJK"));
            Assert.Contains("No device waits with this code", walk.Text);
            await walk.SubmitAsync(("user_code", code.Replace("-", " ").ToLowerInvariant()));
            await walk.SignInAsync("alice", EmbeddedFlow.Password);
            Assert.Equal("consent", walk.Page);
            Assert.Contains(code, walk.Text);
            await walk.AnswerAsync("allow");
        });

        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid", "orders.read") with { Grant = GrantNames.DeviceCode });

        Assert.Equal(("message", "Your device is connected"), (walk.Page, walk.Heading));
        Assert.Equal(("alice", GrantNames.DeviceCode, true), (token.Subject, token.Session.Grant, token.HasRefreshToken));
        Assert.NotEqual(token.ToPlainText(), (await flow.Host.UpdateAsync()).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_who_denies_is_AccessDenied()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: new HurriedClock());
        flow.WhenShown(async shown =>
        {
            using var walk = new PageWalk();
            (Uri address, string code) = EmbeddedFlow.ReadDevice(shown);
            await walk.OpenAsync(new Uri($"{address}?user_code={code}"));
            await walk.SubmitAsync(("user_code", code));
            await walk.SignInAsync("alice", EmbeddedFlow.Password);
            await walk.AnswerAsync("deny");
        });

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => flow.Host.GetAsync(flow.As("desktop", "openid") with { Grant = GrantNames.DeviceCode }));

        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_code_that_nobody_enters_runs_out()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { PendingLifetime = TimeSpan.FromSeconds(20) }, new HurriedClock());

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(
            () => flow.Host.GetAsync(flow.As("desktop", "openid") with { Grant = GrantNames.DeviceCode }));

        Assert.Equal(AuthErrorId.DeviceCodeExpired, error.Code);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_server_that_wants_more_time_between_two_questions_gets_it()
    {
        // It says 1 second in its answer and means more from the first slow_down on.
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { PollInterval = TimeSpan.FromSeconds(1) }, new HurriedClock());
        int questions = 0;
        flow.Server.Intercept = async context =>
        {
            if (context.Request.Path != "/token" || ++questions > 1)
            {
                return false;
            }

            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, """{"error":"slow_down"}""");
            return true;
        };
        int steps = 0;
        flow.Host.Log.Reader = line =>
        {
            if (line.Contains("Ctrl+C") && ++steps == 5)
            {
                Task.Run(() => AllowAsync(string.Join('\n', flow.Host.Log.Lines))).GetAwaiter().GetResult();
            }
        };

        await flow.Host.GetAsync(flow.As("desktop", "openid") with { Grant = GrantNames.DeviceCode });

        Assert.Contains(flow.Host.Log.Lines, line => line.Contains("every 6 seconds"));
        Assert.Equal(2, flow.Server.CountOf("/token"));
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_device_that_asks_too_often_is_slowed_down_and_one_that_asks_too_late_is_told_so()
    {
        var clock = new ManualTimeProvider();
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: clock);
        string code = (await flow.PostAsync("/device_authorization", [("client_id", "desktop")])).Json.GetProperty("device_code").GetString()!;
        async Task<string?> AskAsync(string client = "desktop", string? deviceCode = null) =>
            (await flow.PostAsync("/token", [("grant_type", DeviceCode), ("client_id", client), ("device_code", deviceCode ?? code)])).Json.GetProperty("error").GetString();

        Assert.Equal("authorization_pending", await AskAsync());
        Assert.Equal("slow_down", await AskAsync());
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("slow_down", await AskAsync());
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("authorization_pending", await AskAsync());
        Assert.Equal("unauthorized_client", await AskAsync("pushing"));
        Assert.Equal("invalid_grant", await AskAsync(deviceCode: "another"));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("expired_token", await AskAsync());
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_client_that_may_not_is_UnsupportedGrant()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(
            () => flow.Host.GetAsync(flow.As("pushing", "openid") with { Grant = GrantNames.DeviceCode }));
        Assert.Equal(AuthErrorId.UnsupportedGrant, error.Code);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_realm_of_the_server_has_it_at_its_own_addresses()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { AutoApproveAs = "alice" }, new HurriedClock());
        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid") with { Provider = "keycloak", Grant = GrantNames.DeviceCode });
        Assert.Equal("alice", token.Subject);
        Assert.Equal(1, flow.Server.CountOf("/realms/master/protocol/openid-connect/auth/device"));
    }

    [Fact]
    [Trait("Feature", "N10")]
    public async Task Neither_log_nor_server_shows_the_device_code()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { AutoApproveAs = "alice" }, new HurriedClock());
        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid") with { Grant = GrantNames.DeviceCode });

        string log = string.Join('\n', flow.Host.Log.Lines);
        Assert.DoesNotContain(token.ToPlainText(), log);
        Assert.Contains(flow.Server.Requests, request => request.Fields.Any(field => field is { Name: "device_code", Value: "***" }));
    }

    private static async Task AllowAsync(string shown)
    {
        using var walk = new PageWalk();
        (Uri address, string code) = EmbeddedFlow.ReadDevice(shown);
        await walk.OpenAsync(address);
        await walk.SubmitAsync(("user_code", code));
        await walk.SignInAsync("alice", EmbeddedFlow.Password);
        await walk.AnswerAsync("allow");
    }
}
