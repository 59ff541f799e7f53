using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class DiscoveryTests
{
    [Theory]
    [Trait("Feature", "R1")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Metadata_names_the_issuer_and_endpoints_that_answer(string path)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement metadata = await (await fixture.GetAsync(path)).JsonAsync(200);
        Assert.Equal(fixture.Server.BaseAddress.ToString().TrimEnd('/'), metadata.Text("issuer"));
        foreach (JsonProperty endpoint in metadata.EnumerateObject().Where(static member => member.Name.EndsWith("_endpoint", System.StringComparison.Ordinal)))
        {
            Assert.NotEqual(404, (int)(await fixture.PostFormAsync(endpoint.Value.GetString()!)).StatusCode);
        }
    }

    [Fact]
    public async Task Keys_can_be_rotated_and_check_the_tokens()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { Keys = null });
        string before = (await fixture.SignInAsync()).Text("access_token");
        fixture.Server.RotateKeys();
        string after = (await fixture.SignInAsync()).Text("access_token");
        Assert.NotEqual(new JsonWebToken(before).Kid, new JsonWebToken(after).Kid);
        Assert.True(await IsSignedAsync(fixture, before));
        Assert.True(await IsSignedAsync(fixture, after));

        fixture.Server.RotateKeys(keepFormer: false);
        Assert.False(await IsSignedAsync(fixture, after));
    }

    private static async Task<bool> IsSignedAsync(ServerFixture fixture, string token)
    {
        string keys = await (await fixture.GetAsync("/jwks")).Content.ReadAsStringAsync(ServerFixture.Canceled);
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = fixture.Server.Issuer,
            ValidAudience = "orders",
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        });
        return result.IsValid;
    }
}
