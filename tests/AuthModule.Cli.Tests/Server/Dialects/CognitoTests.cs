using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestServer.Dialects;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class CognitoTests
{
    private const string Pool = "/eu-central-1_Embedded1";

    [Fact]
    [Trait("Feature", "C2")]
    [Trait("Feature", "C9")]
    public async Task A_machine_gets_an_access_token_without_audience()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement reply = await (await fixture.PostBasicAsync(
            "/oauth2/token", "portal", "portal-secret", ("grant_type", "client_credentials"), ("scope", "orders.read"))).JsonAsync(200);
        Assert.Equal(["access_token", "expires_in", "token_type"], reply.EnumerateObject().Select(static member => member.Name));

        JsonWebToken token = await CheckAsync(fixture, reply.Text("access_token"));
        Assert.Equal("RS256", token.Alg);
        Assert.Equal("access", token.GetClaim("token_use").Value);
        Assert.Equal("portal", token.GetClaim("client_id").Value);
        Assert.Empty(token.Audiences);
    }

    [Fact]
    [Trait("Feature", "C10")]
    public async Task Tokens_of_a_person_have_groups_and_id_tokens_an_audience()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        var pool = new CognitoTokens(fixture.Server.State);
        JsonWebToken id = await CheckAsync(fixture, pool.IdToken("portal", ServerFixture.Options.Users[0]));
        Assert.Equal(["portal"], id.Audiences);
        Assert.Equal("id", id.GetClaim("token_use").Value);
        Assert.Equal(["admins", "sales"], id.Claims.Where(static claim => claim.Type == "cognito:groups").Select(static claim => claim.Value));

        JsonWebToken access = await CheckAsync(fixture, await pool.AccessTokenAsync("portal", ServerFixture.Options.Users[0], ServerFixture.Canceled));
        Assert.Equal(["admins", "sales"], access.Claims.Where(static claim => claim.Type == "cognito:groups").Select(static claim => claim.Value));
        Assert.True(await fixture.IsActiveAsync(access.EncodedToken));
    }

    [Fact]
    public async Task The_pool_does_not_know_the_password_grant_and_revokes()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        await (await fixture.PostBasicAsync("/oauth2/token", "portal", "portal-secret", ("grant_type", "password")))
            .IsErrorAsync(400, "unsupported_grant_type");
        string token = (await (await fixture.PostBasicAsync("/oauth2/token", "portal", "portal-secret", ("grant_type", "client_credentials"))).JsonAsync(200)).Text("access_token");
        Assert.Equal(200, (int)(await fixture.PostBasicAsync("/oauth2/revoke", "portal", "portal-secret", ("token", token))).StatusCode);
        Assert.False(await fixture.IsActiveAsync(token));
    }

    private static async Task<JsonWebToken> CheckAsync(ServerFixture fixture, string token)
    {
        JsonElement metadata = await (await fixture.GetAsync(Pool + "/.well-known/openid-configuration")).JsonAsync(200);
        Assert.Equal(fixture.Server.Issuer + Pool, metadata.Text("issuer"));
        string keys = await (await fixture.GetAsync(metadata.Text("jwks_uri"))).Content.ReadAsStringAsync(ServerFixture.Canceled);
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = metadata.Text("issuer"),
            ValidateAudience = false,
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return new JsonWebToken(token);
    }
}
