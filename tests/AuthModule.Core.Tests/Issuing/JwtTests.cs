using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace AuthModule.Core.Tests.Issuing;

public sealed class JwtTests
{
    [Theory]
    [Trait("Feature", "G15")]
    [Trait("Feature", "R15")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    public async Task A_jwt_access_token_is_checked_with_the_published_keys(string algorithm)
    {
        using var keys = new IssuerKeys(algorithm);
        var clock = new AuthModule.TestKit.Time.ManualTimeProvider();
        var issuer = new AuthIssuer(null, clock, keys) { TokenFormat = TokenFormat.Jwt, Name = "https://id.contoso.com" };
        IssuedTokens tokens = await issuer.IssueAsync(
            new TokenGrant { Subject = "alice", Scopes = ["read", "write"], ClientId = "portal", Audience = ["orders"] },
            IssuerFixture.Canceled);

        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.AccessToken.Reveal(), new TokenValidationParameters
        {
            ValidIssuer = "https://id.contoso.com",
            ValidAudience = "orders",
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [algorithm],
            IssuerSigningKeys = new JsonWebKeySet(issuer.GetJwks()).GetSigningKeys(),
            LifetimeValidator = (from, to, _, _) => to == clock.GetUtcNow().AddSeconds(3600).UtcDateTime,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("alice", result.Claims["sub"]);
        Assert.Equal("portal", result.Claims["client_id"]);
        Assert.Equal("read write", result.Claims["scope"]);
        Assert.NotEmpty((string)result.Claims["jti"]);
    }

    [Fact]
    [Trait("Feature", "G15")]
    public async Task A_jwt_token_can_be_revoked_and_renewed_like_an_opaque_one()
    {
        var fixture = new IssuerFixture(TokenFormat.Jwt);
        IssuedTokens tokens = await fixture.IssueAsync("read");
        Assert.Equal(2, tokens.AccessToken.Reveal().Count(static c => c == '.'));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", tokens.RefreshToken!.Reveal());
        Assert.Null(await fixture.FailureOfAsync(tokens.AccessToken.Reveal()));

        IssuedTokens fresh = await fixture.Issuer.RefreshAsync(tokens.RefreshToken.Reveal(), IssuerFixture.Canceled);
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync(tokens.AccessToken.Reveal()));
        Assert.True(await fixture.Issuer.RevokeAsync(fresh.AccessToken.Reveal(), IssuerFixture.Canceled));
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync(fresh.AccessToken.Reveal()));
    }

    [Fact]
    [Trait("Feature", "G15")]
    public void The_key_set_holds_no_private_member_and_names_keys_by_thumbprint()
    {
        using var keys = new IssuerKeys();
        using JsonDocument document = JsonDocument.Parse(keys.ToJwks());
        JsonElement[] found = [.. document.RootElement.GetProperty("keys").EnumerateArray()];
        Assert.Equal(["RS256", "ES256"], found.Select(static key => key.GetProperty("alg").GetString()));
        foreach (JsonElement key in found)
        {
            Assert.Empty(key.EnumerateObject().Select(static member => member.Name).Intersect(["d", "p", "q", "dp", "dq", "qi", "k"]));
            Assert.Equal(key.GetProperty("kid").GetString(), Base64Url.Encode(new JsonWebKey(key.GetRawText()).ComputeJwkThumbprint()));
        }
    }

    [Fact]
    [Trait("Feature", "G15")]
    public void Rotation_changes_the_key_and_keeps_or_drops_the_former_one()
    {
        using var keys = new IssuerKeys("ES256");
        string first = keys.Current().Id;
        keys.Rotate();
        Assert.NotEqual(first, keys.Current().Id);
        Assert.Contains(first, keys.ToJwks(), System.StringComparison.Ordinal);
        keys.Rotate(keepFormer: false);
        Assert.DoesNotContain(first, keys.ToJwks(), System.StringComparison.Ordinal);
    }
}
