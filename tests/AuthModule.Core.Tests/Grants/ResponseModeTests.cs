using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Jwts;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Core.Tests.Grants;

/// <summary>How the answer to an authorization request comes back: by a form, and as a signed JWT.</summary>
public sealed class ResponseModeTests
{
    [Theory]
    [Trait("Feature", "R30")]
    [InlineData("form_post", null)]
    [InlineData("form_post", "null")]
    [InlineData("form_post.jwt", null)]
    public async Task A_form_that_the_service_posts_to_the_loopback_signs_in(string mode, string? origin)
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        var browser = new FormBrowser { Origin = origin };

        AuthToken token = await new EngineHost(browser: browser).GetAsync(PersonServer.Request(server) with { Parameters = PersonServer.Fields(("response_mode", mode)) });

        Assert.Equal("alice", token.Subject);
        Assert.Contains("data-outcome=\"success\"", (await browser.LastPage).Page);
        Assert.DoesNotContain("code", browser.Opened!.Query, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [Trait("Feature", "R30")]
    [InlineData("https://evil.example", "state")]
    [InlineData(null, "nothing of it")]
    public async Task A_form_of_another_page_or_with_another_state_is_turned_away(string? origin, string state)
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        var browser = new FormBrowser
        {
            Origin = origin,
            Tamper = fields => fields["state"] = state == "state" ? fields["state"] : state,
        };
        TokenRequest request = PersonServer.Request(server) with { Parameters = PersonServer.Fields(("response_mode", "form_post")) };

        Task<AuthToken> signIn = new EngineHost(browser: browser).GetAsync(request with { Input = request.Input with { InteractionTimeout = TimeSpan.FromSeconds(2) } });
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => signIn);

        Assert.Equal(AuthErrorId.AuthorizationExpired, error.Code);
        Assert.Equal(400, (await browser.LastPage).Status);
    }

    [Fact]
    [Trait("Feature", "R30")]
    public async Task A_form_that_nobody_asked_for_is_refused()
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        TokenRequest request = PersonServer.Request(server) with { Parameters = PersonServer.Fields(("pushedAuthorization", "false")) };
        int status = 0;
        var browser = new CallbackBrowser(async (_, callback) =>
        {
            using var http = new System.Net.Http.HttpClient();
            using System.Net.Http.HttpResponseMessage reply = await http.PostAsync(new Uri(callback.Split('?')[0]), new System.Net.Http.FormUrlEncodedContent([new("state", "s")]), TestContext.Current.CancellationToken);
            status = (int)reply.StatusCode;
        });

        await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost(browser: browser).GetAsync(request with { Input = request.Input with { InteractionTimeout = TimeSpan.FromSeconds(2) } }));

        Assert.Equal(405, status);
    }

    [Fact]
    [Trait("Feature", "R24")]
    public async Task A_signed_answer_in_the_address_signs_in()
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);

        AuthToken token = await new EngineHost(browser: browser).GetAsync(PersonServer.Request(server) with { Parameters = PersonServer.Fields(("response_mode", "query.jwt")) });

        Assert.Equal("alice", token.Subject);
    }

    [Theory]
    [Trait("Feature", "R24")]
    [InlineData("good", null)]
    [InlineData("another issuer", AuthErrorId.IssuerMismatch)]
    [InlineData("another client", AuthErrorId.AudienceMismatch)]
    [InlineData("no client", AuthErrorId.AudienceMismatch)]
    [InlineData("over", AuthErrorId.TokenExpired)]
    [InlineData("no end", AuthErrorId.TokenMalformed)]
    [InlineData("another key", AuthErrorId.SignatureInvalid)]
    [InlineData("no signature", AuthErrorId.AlgorithmNotAllowed)]
    [InlineData("an access token", AuthErrorId.TokenUseMismatch)]
    [InlineData("another state", AuthErrorId.StateMismatch)]
    [InlineData("a refusal", AuthErrorId.AccessDenied)]
    [InlineData("plain", AuthErrorId.InvalidRequest)]
    [InlineData("twice", AuthErrorId.InvalidRequest)]
    public async Task A_signed_answer_passes_every_test_before_its_code_is_used(string forgery, string? id)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        var host = new EngineHost();
        TokenRequest request = server.Request("openid") with { Parameters = PersonServer.Fields(("response_mode", "query.jwt")) };
        AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(request, host.Log, TestContext.Current.CancellationToken);
        server.Nonce = authorization.Nonce;
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string header = forgery switch
        {
            "no signature" => """{"alg":"none"}""",
            "an access token" => """{"alg":"RS256","kid":"r1","typ":"at+jwt"}""",
            _ => """{"alg":"RS256","kid":"r1"}""",
        };
        string claims = string.Join(",", new[]
        {
            $"\"iss\":\"{(forgery == "another issuer" ? "https://evil.example" : server.Issuer)}\"",
            forgery == "no client" ? "\"x\":1" : $"\"aud\":\"{(forgery == "another client" ? "c2" : ForgingServer.Client)}\"",
            forgery == "no end" ? "\"y\":1" : $"\"exp\":{(forgery == "over" ? now - 600 : now + 60)}",
            $"\"state\":\"{(forgery == "another state" ? "s" : authorization.State)}\"",
            forgery == "a refusal" ? "\"error\":\"access_denied\"" : "\"code\":\"c\"",
        });
        string jwt = Forge.Token(header, "{" + claims + "}", forgery == "another key" ? TestIssuer.Shared.Stranger : TestIssuer.Shared.Rsa, "RS256");
        string query = forgery switch
        {
            "plain" => $"code=c&state={authorization.State}",
            "twice" => $"response={jwt}&response={jwt}",
            _ => $"response={jwt}&code=injected&state=injected",
        };

        string? code = (await Record.ExceptionAsync(() => host.GetAsync(ForgingServer.Answer(authorization, query))) as AuthException)?.Code;

        Assert.Equal(id, code);
        Assert.Equal(id is null ? ["code=c"] : Array.Empty<string>(), server.Http.Requests.Where(sent => sent.Path == "/token").Select(sent => sent.Body.Split('&').Single(field => field.StartsWith("code=", StringComparison.Ordinal))));
    }
}
