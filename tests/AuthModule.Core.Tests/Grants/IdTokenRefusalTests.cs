using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Grants;

using Change = Action<Dictionary<string, object?>, Dictionary<string, object?>>;

/// <summary>What relying parties are certified to refuse, each against an otherwise good sign-in.</summary>
public sealed class IdTokenRefusalTests
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static readonly Dictionary<string, (Change Change, string Id)> Forgeries = new()
    {
        ["wrong issuer"] = ((_, claims) => claims["iss"] = "https://evil.example", AuthErrorId.IssuerMismatch),
        ["wrong audience"] = ((_, claims) => claims["aud"] = "somebody-else", AuthErrorId.AudienceMismatch),
        ["other party"] = ((_, claims) => (claims["aud"], claims["azp"]) = (new[] { ForgingServer.Client, "other" }, "other"), AuthErrorId.ClientMismatch),
        ["missing nonce"] = ((_, claims) => claims.Remove("nonce"), AuthErrorId.NonceMismatch),
        ["wrong nonce"] = ((_, claims) => claims["nonce"] = "another", AuthErrorId.NonceMismatch),
        ["wrong at_hash"] = ((_, claims) => claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ", AuthErrorId.ClaimMismatch),
        ["wrong c_hash"] = ((_, claims) => claims["c_hash"] = "77QmUPtjPfzWtF2AnpK9RQ", AuthErrorId.ClaimMismatch),
        ["old iat"] = ((_, claims) => (claims["iat"], claims["exp"]) = (Now - 86400, Now + 86400), AuthErrorId.TokenExpired),
        ["missing iat"] = ((_, claims) => claims.Remove("iat"), AuthErrorId.TokenMalformed),
        ["missing sub"] = ((_, claims) => claims.Remove("sub"), AuthErrorId.TokenMalformed),
        ["expired"] = ((_, claims) => claims["exp"] = Now - 600, AuthErrorId.TokenExpired),
        ["from the future"] = ((_, claims) => claims["iat"] = Now + 3600, AuthErrorId.TokenNotYetValid),
        ["unknown kid"] = ((header, _) => header["kid"] = "nobody's", AuthErrorId.KeyNotFound),
        ["no algorithm"] = ((header, _) => header["alg"] = "none", AuthErrorId.AlgorithmNotAllowed),
        ["HMAC with the public key"] = ((header, _) => header["alg"] = "HS256", AuthErrorId.AlgorithmNotAllowed),
    };

    public static TheoryData<string> Names => [.. Forgeries.Keys];

    [Theory]
    [Trait("Feature", "R5")]
    [MemberData(nameof(Names))]
    public async Task A_sign_in_with_a_forged_ID_token_is_refused(string name)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        (Change change, string id) = Forgeries[name];
        server.Forgery = (header, claims) =>
        {
            change(header, claims);
            return null;
        };
        var host = new EngineHost();

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => SignInAsync(server, host));

        Assert.Equal(id, error.Code);
        Assert.Null(host.Table.Current);
        Assert.DoesNotContain(ForgingServer.AccessToken, error.ToString());
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_sign_in_with_an_ID_token_that_another_key_signed_is_refused()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Forgery = (_, _) => TestIssuer.Shared.Stranger;
        Assert.Equal(AuthErrorId.SignatureInvalid, (await Assert.ThrowsAsync<TokenValidationException>(() => SignInAsync(server, new EngineHost()))).Code);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task The_same_sign_in_without_forgery_works()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        Assert.Equal("alice", (await SignInAsync(server, new EngineHost())).Subject);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task No_ID_token_where_openid_was_asked_for_is_refused()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Http.On("POST", "/token", """{"access_token":"a","token_type":"Bearer"}""");
        Assert.Equal(AuthErrorId.MalformedResponse, (await Assert.ThrowsAsync<AuthServiceException>(() => SignInAsync(server, new EngineHost()))).Code);
    }

    [Fact]
    [Trait("Feature", "R1")]
    [Trait("Feature", "R5")]
    public async Task Discovery_of_another_issuer_stops_before_anybody_signs_in()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Http.On("GET", "/.well-known/openid-configuration", """{"issuer":"https://evil.example","authorization_endpoint":"https://evil.example/a","token_endpoint":"https://evil.example/t"}""");
        var host = new EngineHost();

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(
            () => host.Engine.CreateAuthorizationRequestAsync(server.Request("openid"), host.Log, TestContext.Current.CancellationToken));

        Assert.Equal(AuthErrorId.DiscoveryFailed, error.Code);
    }

    [Theory]
    [Trait("Feature", "M8")]
    [InlineData("code=x", AuthErrorId.StateMismatch)]
    [InlineData("code=x&state=", AuthErrorId.StateMismatch)]
    [InlineData("code=x&state={state}&state={state}", AuthErrorId.InvalidRequest)]
    [InlineData("code=x&code=y&state={state}", AuthErrorId.InvalidRequest)]
    [InlineData("state={state}", AuthErrorId.InvalidRequest)]
    [InlineData("error=access_denied&state=wrong", AuthErrorId.StateMismatch)]
    [InlineData("error=access_denied&state={state}", AuthErrorId.AccessDenied)]
    [InlineData("error=login_required", AuthErrorId.InteractionRequired)]
    [InlineData("error=invalid_scope&state={state}", AuthErrorId.InvalidScope)]
    [InlineData("error=server_error&state={state}", AuthErrorId.ServerError)]
    [InlineData("error=temporarily_unavailable&state={state}", AuthErrorId.ServerError)]
    [InlineData("error=unauthorized_client&state={state}", AuthErrorId.UnsupportedGrant)]
    [InlineData("error=made_up&error_description=%1B%5B2Jgone&state={state}", AuthErrorId.InvalidRequest)]
    public async Task A_callback_that_brings_no_usable_code_says_why_and_sends_nothing(string query, string id)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        var host = new EngineHost();
        AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(server.Request("openid"), host.Log, TestContext.Current.CancellationToken);

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(ForgingServer.Answer(authorization, query.Replace("{state}", authorization.State))));

        Assert.Equal(id, error.Code);
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.DoesNotContain(server.Http.Requests, request => request.Path == "/token");
    }

    [Fact]
    [Trait("Feature", "M8")]
    public async Task An_answer_after_an_hour_is_AuthorizationExpired()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        var host = new EngineHost(clock);
        AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(server.Request("openid"), host.Log, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(61));

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(
            () => host.GetAsync(ForgingServer.Answer(authorization, "code=x&state=" + authorization.State)));

        Assert.Equal(AuthErrorId.AuthorizationExpired, error.Code);
    }

    private static async Task<AuthToken> SignInAsync(ForgingServer server, EngineHost host)
    {
        AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(server.Request("openid"), host.Log, TestContext.Current.CancellationToken);
        server.Nonce = authorization.Nonce;
        return await host.GetAsync(ForgingServer.Answer(authorization, "code=code-1&state=" + authorization.State));
    }
}
