using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Rest;
using AuthModule.Secrets;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Core.Tests.Grants;

/// <summary>How and when a person signed in: asked for, checked, and asked for again where an API wants more.</summary>
[Trait("Feature", "R27")]
public sealed class StepUpTests
{
    [Fact]
    public async Task What_is_wanted_of_the_sign_in_is_sent_and_found_in_the_ID_token()
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);
        TokenRequest request = PersonServer.Request(server) with { Parameters = PersonServer.Fields(("pushedAuthorization", "false")) };

        AuthToken token = await new EngineHost(browser: browser).GetAsync(request with
        {
            Input = request.Input with { MaximumAge = TimeSpan.FromMinutes(5), ContextClasses = "urn:other " + ContextClasses.Strong },
        });

        Assert.Contains("max_age=300", browser.Opened!.Query);
        Assert.Contains("acr_values=urn%3Aother", browser.Opened.Query);
        Assert.Equal(ContextClasses.Strong, JwtDecoder.TryReadClaims(token.Tokens.IdToken!.Reveal())!["acr"]);
    }

    [Theory]
    [InlineData("too old", AuthErrorId.ClaimMismatch)]
    [InlineData("no time", AuthErrorId.ClaimMismatch)]
    [InlineData("in the future", AuthErrorId.ClaimMismatch)]
    [InlineData("another class", AuthErrorId.ClaimMismatch)]
    [InlineData("no class", AuthErrorId.ClaimMismatch)]
    [InlineData("no ID token", AuthErrorId.ClaimMismatch)]
    [InlineData("good", null)]
    public async Task A_sign_in_that_is_not_what_was_asked_for_is_refused(string forgery, string? id)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        server.SendsIdToken = forgery != "no ID token";
        server.Forgery = IdTokenForgeries.Of((_, claims) =>
        {
            claims["auth_time"] = forgery switch { "too old" => now - 3600, "in the future" => now + 3600, "no time" => null, _ => now };
            claims["acr"] = forgery switch { "another class" => "password", "no class" => null, _ => "strong" };
            foreach (string none in claims.Where(claim => claim.Value is null).Select(claim => claim.Key).ToArray())
            {
                claims.Remove(none);
            }
        });
        var host = new EngineHost();
        TokenRequest request = server.Request(forgery == "no ID token" ? "orders" : "openid");
        AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(
            request with { Input = request.Input with { MaximumAge = TimeSpan.FromMinutes(5), ContextClasses = "strong stronger" } }, host.Log, TestContext.Current.CancellationToken);
        server.Nonce = authorization.Nonce;

        string? code = (await Record.ExceptionAsync(() => host.GetAsync(ForgingServer.Answer(authorization, $"code=c&state={authorization.State}"))) as AuthException)?.Code;

        Assert.Equal((id, id is null), (code, host.Table.Current is not null));
    }

    [Fact]
    public async Task A_session_whose_person_signed_in_too_long_ago_is_not_taken()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using EmbeddedServer server = await PersonServer.StartAsync(options: options => options with { Clock = clock });
        using var walk = new SignInWalk();
        var host = new EngineHost(clock, new WalkingBrowser(walk));
        TokenRequest request = PersonServer.Request(server);
        request = request with { Input = request.Input with { MaximumAge = TimeSpan.FromMinutes(5) } };

        AuthToken first = await host.GetAsync(request);
        AuthToken again = await host.GetAsync(request);
        clock.Advance(TimeSpan.FromMinutes(6));
        AuthToken later = await host.GetAsync(request);

        Assert.Same(first, again);
        Assert.NotEqual(first.ToPlainText(), later.ToPlainText());
        Assert.Equal(2, server.Requests.Count(sent => sent.Path == "/authorize"));
    }

    [Fact]
    public async Task An_API_that_wants_a_stronger_sign_in_is_answered_by_one()
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        using var walk = new SignInWalk();
        var host = new EngineHost(browser: new WalkingBrowser(walk));
        AuthToken token = await host.GetAsync(PersonServer.Request(server));

        using RestReply reply = await host.Engine.Rest.SendAsync(token.Session, Payroll(server), null, host.Log, TestContext.Current.CancellationToken);
        using RestReply next = await host.Engine.Rest.SendAsync(token.Session, Payroll(server), null, host.Log, TestContext.Current.CancellationToken);

        Assert.Equal((200, 200), (reply.Status, next.Status));
        Assert.Equal(2, server.Requests.Count(sent => sent.Path == "/authorize"));
        Assert.Equal([401, 200, 200], server.Requests.Where(sent => sent.Path == "/api/payroll").Select(sent => sent.Status));
        Assert.Equal("alice", token.Session.Subject);
        Assert.NotEqual(token.ToPlainText(), token.Session.Token!.ToPlainText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_is_there_the_error_names_what_the_API_wants(bool isByHand)
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        using var walk = new SignInWalk();
        var host = new EngineHost();
        TokenRequest request = PersonServer.Request(server);
        if (isByHand)
        {
            AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(request, host.Log, TestContext.Current.CancellationToken);
            string back = await walk.GoAsync(authorization.Url);
            request = new TokenRequest { Input = new GrantInput { AuthorizationRequest = authorization, CallbackUri = Secret.From(back) } };
        }
        else
        {
            request = request with { Grant = null, Input = new GrantInput { UserName = "alice", Password = Secret.From("wonder land+1") } };
        }

        AuthToken token = await host.GetAsync(request);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => host.Engine.Rest.SendAsync(token.Session, Payroll(server), null, host.Log, TestContext.Current.CancellationToken));

        Assert.Equal((AuthErrorId.InteractionRequired, true, StepUpChallenge.Error), (error.Code, error.IsInteractionRequired, error.OAuthError));
        Assert.Contains($"acr_values '{ContextClasses.Strong}' and max_age 300", error.Message);
        Assert.Single(server.Requests, sent => sent.Path == "/api/payroll");
    }

    [Theory]
    [InlineData("error=\"insufficient_user_authentication\", acr_values=\"a b\", max_age=\"5\"", "a b", 5)]
    [InlineData("realm=\"x, y\", ERROR=insufficient_user_authentication,max_age=5", null, 5)]
    [InlineData("error=\"insufficient_user_authentication\"", null, null)]
    [InlineData("error=\"insufficient_user_authentication\", max_age=\"-5\", acr_values=\"\"", null, null)]
    [InlineData("error=\"insufficient_user_authentication\", acr_values=\"a \\\"quoted\\\" b\"", "a \"quoted\" b", null)]
    public void The_challenge_is_read_as_it_is_written(string parameters, string? classes, int? age)
    {
        using var response = new System.Net.Http.HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized);
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer " + parameters);

        AuthModule.Sessions.SignInDemand? demand = StepUpChallenge.Read(response);

        Assert.Equal((classes, age is { } seconds ? TimeSpan.FromSeconds(seconds) : null), (demand!.ContextClasses, demand.MaximumAge));
    }

    private static RestRequest Payroll(EmbeddedServer server) => new(new Uri(server.BaseAddress, "api/payroll"));
}
