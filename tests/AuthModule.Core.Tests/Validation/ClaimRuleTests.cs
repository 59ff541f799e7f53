using System.Collections.Generic;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "C10")]
public class ClaimRuleTests
{
    private readonly ManualTimeProvider clock = new();

    public static IEnumerable<TheoryDataRow<string, object?, bool>> Wanted() =>
    [
        new("tenant", "a", true),
        new("tenant", "A", false),
        new("tenant", new object[] { "b", "a" }, true),
        new("tenant", new object[] { "b", "c" }, false),
        new("tenant", new object[0], false),
        new("tenant", new Regex("^[a-c]$", RegexOptions.None, Regex.InfiniteMatchTimeout), true),
        new("tenant", new Regex("^[x-z]$", RegexOptions.None, Regex.InfiniteMatchTimeout), false),
        new("tenant", null, false),
        new("absent", null, true),
        new("absent", "a", false),
        new("level", 3, true),
        new("level", 3L, true),
        new("level", 3.0, true),
        new("level", 4, false),
        new("level", "3", false),
        new("ratio", 0.5, true),
        new("ratio", 0.5m, true),
        new("verified", true, true),
        new("verified", false, false),
        new("verified", "true", false),
        new("roles", "reader", true),
        new("roles", "root", false),
        new("roles", new object[] { "root", "writer" }, true),
        new("realm.roles", "reader", true),
        new("realm.roles", "writer", false),
        new("https://example.com/claims.kind", "x", true),
    ];

    [Theory]
    [MemberData(nameof(Wanted))]
    public async Task A_claim_is_compared_by_kind_and_value(string name, object? wanted, bool isValid)
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) =>
        {
            claims["tenant"] = "a";
            claims["level"] = 3;
            claims["ratio"] = 0.5;
            claims["verified"] = true;
            claims["roles"] = new[] { "reader", "writer" };
            claims["realm"] = new Dictionary<string, object?> { ["roles"] = new[] { "reader" } };
            claims["https://example.com/claims.kind"] = "x";
        });
        TokenTestResult result = await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock) with { RequiredClaims = new Dictionary<string, object?> { [name] = wanted } });

        Assert.Equal(isValid, result.IsValid);
        Assert.Equal(isValid ? null : AuthErrorId.ClaimMismatch, result.Failure);
        Assert.Equal(isValid ? 200 : 403, result.StatusCode);
    }

    [Fact]
    public async Task Groups_and_scopes_are_where_the_provider_has_them()
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) =>
        {
            claims["vendor:groups"] = new[] { "admins" };
            claims["permissions"] = new[] { "orders.read", "orders write" };
        });
        var names = new ClaimNames { Groups = ["vendor:groups"], Scope = ["permissions"] };
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { ClaimNames = names, RequiredGroups = ["admins"], RequiredScopes = ["orders write"] };
        TokenTestResult result = await TestIssuer.TestAsync(token, rules);

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal(["admins"], result.Groups);
        Assert.Equal(["orders.read", "orders write"], result.Scopes);
    }

    [Fact]
    [Trait("Feature", "C9")]
    public async Task The_client_of_an_access_token_and_the_audience_of_an_id_token_are_the_client()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { Audiences = [], ClientIds = [TestIssuer.Client] };
        string access = TestIssuer.Shared.Token(clock, (header, claims) =>
        {
            header.Remove("typ");
            claims.Remove("aud");
            claims["token_use"] = "access";
        });
        string id = TestIssuer.Shared.Token(clock, (header, claims) =>
        {
            header.Remove("typ");
            claims.Remove("client_id");
            claims.Remove("scope");
            claims["aud"] = TestIssuer.Client;
            claims["token_use"] = "id";
        });

        Assert.True((await TestIssuer.TestAsync(access, rules)).IsValid);
        Assert.Equal(AuthErrorId.TokenUseMismatch, (await TestIssuer.TestAsync(id, rules)).Failure);
        Assert.True((await TestIssuer.TestAsync(id, rules with { Use = TokenUse.Id })).IsValid);
        Assert.Equal(AuthErrorId.TokenUseMismatch, (await TestIssuer.TestAsync(access, rules with { Use = TokenUse.Id })).Failure);
        Assert.True((await TestIssuer.TestAsync(access, rules with { Use = TokenUse.Any })).IsValid);
        Assert.True((await TestIssuer.TestAsync(id, rules with { Use = TokenUse.Any })).IsValid);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task An_id_token_is_tied_to_its_request_its_access_token_and_its_code()
    {
        string id = TestIssuer.Shared.Token(clock, (header, claims) =>
        {
            header["typ"] = "JWT";
            claims.Remove("client_id");
            claims.Remove("scope");
            claims["aud"] = TestIssuer.Client;
            claims["nonce"] = "n-0S6_WzA2Mj";
            claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ"; // OpenID Connect Core 1.0, appendix A.3
            claims["c_hash"] = "LDktKdoQak3Pk0cnXxCltA"; // appendix A.4
        });
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with
        {
            Use = TokenUse.Id,
            Audiences = [],
            ClientIds = [TestIssuer.Client],
            Nonce = "n-0S6_WzA2Mj",
            AccessToken = AuthModule.Secrets.Secret.From("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            Code = AuthModule.Secrets.Secret.From("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk"),
        };
        TokenTestResult result = await TestIssuer.TestAsync(id, rules);
        Assert.True(result.IsValid, string.Join("; ", result.Checks));
    }
}
