using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "R15")]
[Trait("Feature", "R16")]
public class AdviceTests
{
    private readonly ManualTimeProvider clock = new();

    public static IEnumerable<TheoryDataRow<string, Action<Dictionary<string, object?>, Dictionary<string, object?>>>> Flaws() =>
    [
        new("NoKeyId", (header, _) => header.Remove("kid")),
        new("KeyInHeader", (header, _) => header["jku"] = "https://id.example.com/keys"),
        new("NoType", (header, _) => header.Remove("typ")),
        new("GenericType", (header, _) => header["typ"] = "JWT"),
        new("NoIssuer", (_, claims) => claims.Remove("iss")),
        new("InsecureIssuer", (_, claims) => claims["iss"] = "http://id.example.com"),
        new("NoAudience", (_, claims) => claims.Remove("aud")),
        new("ManyAudiences", (_, claims) => claims["aud"] = new[] { "orders", "billing" }),
        new("NoSubject", (_, claims) => claims.Remove("sub")),
        new("NoClient", (_, claims) => claims.Remove("client_id")),
        new("NoExpiry", (_, claims) => claims.Remove("exp")),
        new("NoIssueTime", (_, claims) => claims.Remove("iat")),
        new("NoTokenId", (_, claims) => claims.Remove("jti")),
        new("LongLife", (_, claims) => claims["exp"] = 4102444800),
        new("NotBound", (_, claims) => claims.Remove("cnf")),
        new("BroadScope", (_, claims) => claims["scope"] = "orders.*"),
        new("SecretInClaims", (_, claims) => claims["client_secret"] = "s3cret"),
        new("SecretInClaims", (_, claims) => claims["note"] = "-----BEGIN PRIVATE KEY-----"),
        new("SecretInClaims", (_, claims) => claims["x"] = new Dictionary<string, object?> { ["api-key"] = "k" }),
        new("PersonalData", (_, claims) => claims["email"] = "alice@example.com"),
        new("LargeToken", (_, claims) => claims["x"] = new string('x', 4096)),
        new("Compressed", (header, _) => header["zip"] = "DEF"),
        new("NoAlgorithm", (header, _) => header["alg"] = "none"),
    ];

    [Fact]
    public async Task A_token_as_the_practices_want_it_gets_no_advice() => Assert.Empty(await AdviseAsync((_, _) => { }));

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Each_flaw_gets_its_advice_and_only_its(string rule, Action<Dictionary<string, object?>, Dictionary<string, object?>> change)
    {
        IReadOnlyList<TokenAdvice> advice = await AdviseAsync(change);
        TokenAdvice found = Assert.Single(advice);
        Assert.Equal(rule, found.Rule);
        Assert.StartsWith("RFC ", found.Reference, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", found.Advice);
    }

    [Fact]
    public async Task A_shared_secret_and_a_small_key_are_advised_against()
    {
        byte[] secret = new byte[32];
        Dictionary<string, object?> header = TestIssuer.Header("HS256", "s");
        string symmetric = Forge.Token(header, Good(), SigningKey.FromSecret(secret));
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { Advise = true };
        TokenTestResult result = await TestIssuer.TestAsync(symmetric, rules with { HmacSecret = new SecretKeySource(secret), Issuers = [TestIssuer.Name] });
        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal("SymmetricKey", Assert.Single(result.Advice).Rule);

        string small = Forge.Token(TestIssuer.Header(), Good(), TestIssuer.Shared.Rsa);
        Assert.Equal("WeakKey", Assert.Single((await TestIssuer.TestAsync(small, rules)).Advice).Rule);
    }

    [Fact]
    public async Task Advice_is_given_only_when_it_is_asked_for() =>
        Assert.Empty((await TestIssuer.TestAsync(TestIssuer.Shared.Token(clock), TestIssuer.Shared.Rules(clock))).Advice);

    private Dictionary<string, object?> Good()
    {
        Dictionary<string, object?> claims = TestIssuer.Claims(clock);
        claims["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 3000;
        claims["cnf"] = new Dictionary<string, object?> { ["jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" };
        return claims;
    }

    private async Task<IReadOnlyList<TokenAdvice>> AdviseAsync(Action<Dictionary<string, object?>, Dictionary<string, object?>> change)
    {
        Dictionary<string, object?> header = TestIssuer.Header("ES256");
        Dictionary<string, object?> claims = Good();
        change(header, claims);
        string token = Forge.Token(Forge.Json(header), Forge.Json(claims), TestIssuer.Shared.Ec256, "ES256");
        return (await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock) with { Advise = true })).Advice;
    }
}
