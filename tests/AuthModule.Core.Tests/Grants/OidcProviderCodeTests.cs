using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Grants;

/// <summary>The code flow in two halves, at a server that others wrote.</summary>
[Collection(OidcProvider.Name)]
public sealed class OidcProviderCodeTests(OidcProviderServer server)
{
    private const string Redirect = "http://127.0.0.1:54321/callback";

    private readonly EngineHost host = new();

    [Theory]
    [Trait("Feature", "R5")]
    [Trait("Feature", "R12")]
    [Trait("Feature", "M8")]
    [InlineData("native", false)]
    [InlineData("confidential", false)]
    [InlineData("native", true)]
    [InlineData("par", true)]
    public async Task A_person_signs_in_and_the_session_renews_itself(string client, bool isPushed)
    {
        TokenRequest request = Request(client, "openid", "profile") with { Parameters = Pushed(isPushed) };
        AuthorizationRequest authorization = await BeginAsync(request);
        Assert.Equal(isPushed, authorization.Url.Query.Contains("request_uri"));
        Assert.Equal(isPushed, authorization.OpenBefore is not null);

        AuthToken token = await FinishAsync(authorization, await SignInAsync(authorization));

        JsonElement known = await server.IntrospectAsync(token.ToPlainText());
        Assert.Equal("alice", known.GetProperty("sub").GetString());
        Assert.Equal(("alice", "authorization_code", true), (token.Subject, token.Session.Grant, token.HasRefreshToken));
        AuthToken renewed = await host.UpdateAsync();
        Assert.NotEqual(token.ToPlainText(), renewed.ToPlainText());
        Assert.True(await server.IsActiveAsync(renewed.ToPlainText()));
    }

    [Theory]
    [Trait("Feature", "R12")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_pushed_where_the_service_offers_it_and_the_client_can(bool hasCredential)
    {
        TokenRequest request = Request("confidential", "openid");

        AuthorizationRequest authorization = await BeginAsync(hasCredential ? request : request with { Client = ClientCredential.None });

        Assert.Equal(hasCredential, authorization.Url.Query.Contains("request_uri"));
        Assert.Equal(!hasCredential, authorization.Url.Query.Contains("code_challenge"));
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task Code_and_tokens_of_a_public_client_are_bound_to_the_sessions_key()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("nativeDpop", "openid") with { UseDpop = true, Parameters = Pushed(false) });
        Assert.Contains("dpop_jkt=" + authorization.ProofKey!.Thumbprint, authorization.Url.Query);

        AuthToken token = await FinishAsync(authorization, await SignInAsync(authorization));
        AuthToken renewed = await host.UpdateAsync();

        Assert.Equal("DPoP", renewed.TokenType);
        Assert.Equal(authorization.ProofKey.Thumbprint, (await server.IntrospectAsync(token.ToPlainText())).GetProperty("cnf").GetProperty("jkt").GetString());
        Assert.Equal(authorization.ProofKey.Thumbprint, (await server.IntrospectAsync(renewed.ToPlainText())).GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Fact]
    [Trait("Feature", "R14")]
    [Trait("Feature", "R20")]
    public async Task Resource_and_authorization_details_are_granted()
    {
        string details = $$"""[{"type":"{{server.Part("authorizationDetailsType").GetString()}}","amount":"1.00"}]""";
        TokenRequest request = Request("native", "api:read") with
        {
            Resources = ["urn:test:ps256"],
            Parameters = new Dictionary<string, string> { ["authorization_details"] = details },
        };
        AuthorizationRequest authorization = await BeginAsync(request);

        AuthToken token = await FinishAsync(authorization, await SignInAsync(authorization));

        Assert.Equal("urn:test:ps256", token.Claims["aud"]);
        var granted = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(Assert.Single(Assert.IsAssignableFrom<IEnumerable<object?>>(token.Claims["authorization_details"])));
        Assert.Equal("1.00", granted["amount"]);
    }

    [Fact]
    [Trait("Feature", "M8")]
    public async Task A_person_who_refuses_is_AccessDenied()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        using var walk = new SignInWalk { Refuses = true };

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(async () => await FinishAsync(authorization, await walk.GoAsync(authorization.Url)));

        Assert.Equal((AuthErrorId.AccessDenied, "access_denied"), (error.Code, error.OAuthError));
    }

    [Fact]
    [Trait("Feature", "M8")]
    public async Task An_answer_to_another_request_is_StateMismatch_and_the_right_one_still_works()
    {
        AuthorizationRequest mine = await BeginAsync(Request("native", "openid"));
        AuthorizationRequest other = await BeginAsync(Request("native", "openid"));
        string foreign = await SignInAsync(other);

        TokenValidationException error = await Assert.ThrowsAsync<TokenValidationException>(() => FinishAsync(mine, foreign));

        Assert.Equal(AuthErrorId.StateMismatch, error.Code);
        Assert.Equal("alice", (await FinishAsync(mine, await SignInAsync(mine))).Subject);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task An_answer_of_another_issuer_is_IssuerMismatch()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        string callback = await SignInAsync(authorization);
        string mixedUp = callback.Replace("iss=" + Uri.EscapeDataString(server.Issuer), "iss=https%3A%2F%2Fevil.example");
        string without = callback.Replace("&iss=" + Uri.EscapeDataString(server.Issuer), string.Empty);
        Assert.NotEqual(callback, mixedUp);
        Assert.NotEqual(callback, without);

        Assert.Equal(AuthErrorId.IssuerMismatch, (await Assert.ThrowsAsync<TokenValidationException>(() => FinishAsync(authorization, mixedUp))).Code);
        Assert.Equal(AuthErrorId.IssuerMismatch, (await Assert.ThrowsAsync<TokenValidationException>(() => FinishAsync(authorization, without))).Code);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_code_works_once()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        string callback = await SignInAsync(authorization);
        AuthToken token = await FinishAsync(authorization, callback);
        await host.Engine.ForgetAsync(host.Table, token.Session, TestContext.Current.CancellationToken);

        TokenValidationException error = await Assert.ThrowsAsync<TokenValidationException>(() => FinishAsync(authorization, callback));

        Assert.Equal(AuthErrorId.TokenReused, error.Code);
        Assert.DoesNotContain(authorization.Verifier.Reveal(), error.ToString());
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_code_that_the_server_no_longer_takes_is_AuthorizationExpired()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        string callback = await SignInAsync(authorization);
        string code = FormText.Read(new Uri(callback).Query).Single(field => field.Key == "code").Value;

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(() => FinishAsync(authorization, callback.Replace(code, "never-issued")));

        Assert.Equal((AuthErrorId.AuthorizationExpired, "invalid_grant"), (error.Code, error.OAuthError));
    }

    [Fact]
    [Trait("Feature", "R17")]
    public async Task The_browsers_session_ends_at_the_service()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        using var walk = new SignInWalk();
        AuthToken token = await FinishAsync(authorization, await walk.GoAsync(authorization.Url));

        Uri? logout = await host.Engine.Logout.FindUrlAsync(token.Session, "http://127.0.0.1/callback", "s1", host.Log, TestContext.Current.CancellationToken);

        Assert.Equal("http://127.0.0.1/callback?state=s1", await walk.GoAsync(logout!));
        AuthorizationRequest silent = await BeginAsync(Request("native", "openid") with { Input = new GrantInput { RedirectUri = Redirect, Prompt = "none" } });
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(async () => await FinishAsync(silent, await walk.GoAsync(silent.Url)));
        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
    }

    [Fact]
    [Trait("Feature", "R17")]
    public async Task The_ID_token_does_not_reach_the_browsers_command_line()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        using var walk = new SignInWalk();
        AuthToken token = await FinishAsync(authorization, await walk.GoAsync(authorization.Url));
        using var second = new SignInWalk();
        var browser = new WalkingBrowser(second) { Tamper = address => address };
        Uri? logout = await host.Engine.Logout.FindUrlAsync(token.Session, null, null, host.Log, TestContext.Current.CancellationToken);

        await new SessionLogout(host.Engine.Endpoints, browser, host.Clock).OpenAsync(token.Session, logout, null, host.Log, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(token.Tokens.IdToken!.Reveal(), browser.Opened!.AbsoluteUri);
        Assert.True(browser.Opened.IsLoopback);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Nothing_of_a_sign_in_is_in_the_log()
    {
        AuthorizationRequest authorization = await BeginAsync(Request("native", "openid"));
        string callback = await SignInAsync(authorization);
        AuthToken token = await FinishAsync(authorization, callback);

        string log = string.Join('\n', host.Log.Lines) + authorization + token;
        string code = FormText.Read(new Uri(callback).Query).Single(field => field.Key == "code").Value;
        foreach (string secret in (string[])[code, authorization.Verifier.Reveal(), token.ToPlainText(), token.Tokens.RefreshToken!.Reveal(), token.Tokens.IdToken!.Reveal()])
        {
            Assert.DoesNotContain(secret, log);
        }
    }

    private static Dictionary<string, string> Pushed(bool isPushed) => new() { ["pushedAuthorization"] = isPushed ? "true" : "false" };

    private static async Task<string> SignInAsync(AuthorizationRequest authorization)
    {
        using var walk = new SignInWalk();
        return await walk.GoAsync(authorization.Url);
    }

    private TokenRequest Request(string client, params string[] scopes) => server.As(client, scopes) with { Input = new GrantInput { RedirectUri = Redirect } };

    private Task<AuthorizationRequest> BeginAsync(TokenRequest request) =>
        host.Engine.CreateAuthorizationRequestAsync(request, host.Log, TestContext.Current.CancellationToken);

    private Task<AuthToken> FinishAsync(AuthorizationRequest authorization, string callback) => host.GetAsync(
        new TokenRequest { Input = new GrantInput { AuthorizationRequest = authorization, CallbackUri = Secret.From(callback) } });
}
