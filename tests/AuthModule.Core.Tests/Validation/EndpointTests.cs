using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using AuthModule.Validation.Endpoint;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "C13")]
public class EndpointTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly TokenValidator validator = new();

    private ValidationRules Rules => TestIssuer.Shared.Rules(clock) with { Realm = "orders", RequiredScopes = ["orders.read"] };

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    [InlineData("BEARER   ")]
    public async Task A_good_token_opens_the_endpoint(string scheme)
    {
        TokenTestResult result = await TestAsync(scheme + TestIssuer.Shared.Token(clock), Rules);
        Assert.True(result.IsValid);
        Assert.Equal(200, result.StatusCode);
        Assert.Null(result.WwwAuthenticate);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Basic YTpi")]
    [InlineData("DPoP eyJ.eyJ.x")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task Without_a_bearer_token_the_endpoint_asks_for_one_and_names_no_error(string? header)
    {
        TokenTestResult result = await TestAsync(header, Rules);
        Assert.False(result.IsValid);
        Assert.Equal(401, result.StatusCode);
        Assert.Equal("Bearer realm=\"orders\", scope=\"orders.read\"", result.WwwAuthenticate);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a, Bearer b")]
    [InlineData("Bearer a\r\nX: y")]
    [InlineData("Bearer ===")]
    [InlineData("Bearer \"a\"")]
    public async Task Something_else_than_one_token_is_refused(string header)
    {
        TokenTestResult result = await TestAsync(header, Rules);
        Assert.Equal(AuthErrorId.TokenMalformed, result.Failure);
        Assert.Equal(401, result.StatusCode);
        Assert.Equal("Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"The token cannot be read\"", result.WwwAuthenticate);
    }

    [Fact]
    [Trait("Feature", "G11")]
    public async Task A_bad_token_is_401_and_a_good_one_that_may_too_little_is_403()
    {
        string expired = TestIssuer.Shared.Token(clock, (_, claims) => claims["exp"] = 1);
        TokenTestResult bad = await TestAsync("Bearer " + expired, Rules);
        Assert.Equal(401, bad.StatusCode);
        Assert.Equal("Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"The token has expired\"", bad.WwwAuthenticate);

        TokenTestResult poor = await TestAsync("Bearer " + TestIssuer.Shared.Token(clock), Rules with { RequiredScopes = ["orders.read", "orders.write"] });
        Assert.Equal(403, poor.StatusCode);
        Assert.Equal(
            "Bearer realm=\"orders\", error=\"insufficient_scope\", error_description=\"The token lacks a scope\", scope=\"orders.read orders.write\"",
            poor.WwwAuthenticate);

        TokenTestResult both = await TestAsync("Bearer " + expired, Rules with { RequiredScopes = ["orders.write"] });
        Assert.Equal(401, both.StatusCode);
    }

    [Theory]
    [Trait("Feature", "G11")]
    [InlineData("orders.read orders.write", false, 403)]
    [InlineData("orders.read orders.write", true, 200)]
    [InlineData("orders.read orders.list", false, 200)]
    [InlineData("admin orders.write", true, 403)]
    public async Task Scopes_are_needed_all_or_any(string required, bool any, int status)
    {
        ValidationRules rules = Rules with { RequiredScopes = required.Split(' '), ScopeMatch = any ? ScopeMatch.Any : ScopeMatch.All };
        Assert.Equal(status, (await TestAsync("Bearer " + TestIssuer.Shared.Token(clock), rules)).StatusCode);
    }

    [Fact]
    [Trait("Feature", "C12")]
    public async Task A_group_a_claim_or_a_rule_that_is_missing_is_403()
    {
        string header = "Bearer " + TestIssuer.Shared.Token(clock);
        Assert.Equal(403, (await TestAsync(header, Rules with { RequiredGroups = ["root"] })).StatusCode);
        Assert.Equal(403, (await TestAsync(header, Rules with { RequiredClaims = new Dictionary<string, object?> { ["x"] = 1 } })).StatusCode);
        TokenTestResult refused = await TestAsync(header, Rules with { Condition = _ => false });
        Assert.Equal(403, refused.StatusCode);
        Assert.Equal("Bearer realm=\"orders\", error=\"insufficient_scope\", error_description=\"The token lacks a claim or a permission\"", refused.WwwAuthenticate);
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task A_token_that_is_bound_to_a_key_is_no_bearer_token()
    {
        string bound = TestIssuer.Shared.Token(clock, (_, claims) => claims["cnf"] = new Dictionary<string, object?> { ["jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" });
        Assert.True((await validator.ValidateAsync(bound, Rules, TestContext.Current.CancellationToken)).IsValid);

        TokenTestResult stolen = await TestAsync("Bearer " + bound, Rules);
        Assert.Equal(AuthErrorId.TokenUseMismatch, stolen.Failure);
        Assert.Equal(401, stolen.StatusCode);
    }

    [Fact]
    public async Task No_header_can_be_smuggled_in_by_realm_or_scope()
    {
        ValidationRules rules = Rules with { Realm = "a\"\r\nSet-Cookie: x=\u00e9\\", RequiredScopes = ["b\"\n"] };
        Assert.Equal("Bearer realm=\"a???Set-Cookie: x=??\", scope=\"b??\"", (await TestAsync(null, rules)).WwwAuthenticate);
    }

    private ValueTask<TokenTestResult> TestAsync(string? header, ValidationRules rules) =>
        EndpointGuard.TestAsync(header, rules, validator, TestContext.Current.CancellationToken);
}
