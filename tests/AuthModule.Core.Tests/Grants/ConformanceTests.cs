using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Core.Tests.Grants;

/// <summary>What the test modules of the OpenID Foundation try, as far as no other test does.</summary>
[Trait("Feature", "R22")]
public sealed class ConformanceTests
{
    [Fact]
    public async Task An_ID_token_without_a_key_id_is_verified_by_the_key_that_fits() =>
        Assert.Equal((null, "alice"), await SignInAsync(IdTokenForgeries.Of((header, _) => header.Remove("kid"))));

    [Fact]
    public async Task An_audience_may_be_a_list_of_one() =>
        Assert.Equal((null, "alice"), await SignInAsync(IdTokenForgeries.Of((_, claims) => claims["aud"] = new[] { ForgingServer.Client })));

    [Theory]
    [InlineData("stranger", null, AuthErrorId.ClientMismatch)]
    [InlineData("stranger", "stranger", AuthErrorId.ClientMismatch)]
    public async Task An_audience_with_strangers_is_refused(string other, string? party, string id) =>
        Assert.Equal((id, null), await SignInAsync(IdTokenForgeries.Of((_, claims) =>
        {
            claims["aud"] = new[] { ForgingServer.Client, other };
            if (party is not null)
            {
                claims["azp"] = party;
            }
        })));

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task The_type_of_a_token_knows_no_case(string type)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Http.On("POST", "/token", $$"""{"access_token":"a","token_type":"{{type}}","expires_in":60}""");

        AuthToken token = await new EngineHost().GetAsync(Plain(server));

        Assert.Equal("Bearer", token.TokenType);
    }

    [Fact]
    public async Task A_reply_need_not_name_lifetime_and_scopes()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Http.On("POST", "/token", """{"access_token":"a","token_type":"Bearer"}""");

        AuthToken token = await new EngineHost().GetAsync(Plain(server) with { Scopes = ["orders.read"] });

        Assert.Equal("a", token.ToPlainText());
        Assert.Equal(["orders.read"], token.Scopes);
    }

    private static TokenRequest Plain(ForgingServer server) => server.Request() with
    {
        Grant = GrantNames.ClientCredentials,
        Client = new ClientCredential { Secret = Secret.From("s") },
    };

    private static async Task<(string? Id, string? Subject)> SignInAsync(Func<Dictionary<string, object?>, Dictionary<string, object?>, AuthModule.TestKit.Jwts.SigningKey?> forgery)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Forgery = forgery;
        var host = new EngineHost();
        AuthorizationRequest authorization = await host.Engine.CreateAuthorizationRequestAsync(server.Request("openid"), host.Log, TestContext.Current.CancellationToken);
        server.Nonce = authorization.Nonce;
        AuthToken? token = null;
        var refused = await Record.ExceptionAsync(async () => token = await host.GetAsync(ForgingServer.Answer(authorization, $"code=c&state={authorization.State}"))) as AuthException;
        return (refused?.Code, token?.Subject);
    }
}
