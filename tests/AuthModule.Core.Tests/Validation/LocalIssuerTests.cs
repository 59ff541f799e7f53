using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Telemetry;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using AuthModule.Validation.Introspection;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Tokens of a local issuer, tested on its records.</summary>
[Trait("Feature", "G4")]
public class LocalIssuerTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly AuthIssuer issuer;

    public LocalIssuerTests() => issuer = new AuthIssuer(null, clock);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Feature", "G15")]
    [InlineData(TokenFormat.Opaque)]
    [InlineData(TokenFormat.Jwt)]
    public async Task A_good_token_is_valid_with_its_subject_scopes_and_time(TokenFormat format)
    {
        IssuedTokens tokens = await IssueAsync(format);
        TokenTestResult result = await TestAsync(tokens.AccessToken.Reveal(), Rules with { RequiredScopes = ["read"], ClientIds = ["nightly"] });

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal("alice", result.Subject);
        Assert.Equal(["read", "list"], result.Scopes);
        Assert.Equal(clock.GetUtcNow() + AuthIssuer.DefaultTokenLifetime, result.ExpiresOn);
    }

    [Fact]
    [Trait("Feature", "G11")]
    public async Task A_scope_that_is_missing_is_403_and_a_bad_token_401()
    {
        IssuedTokens tokens = await IssueAsync(TokenFormat.Opaque);
        Assert.Equal(403, (await TestAsync(tokens.AccessToken.Reveal(), Rules with { RequiredScopes = ["read", "write"] })).StatusCode);
        Assert.Equal(200, (await TestAsync(tokens.AccessToken.Reveal(), Rules with { RequiredScopes = ["read", "write"], ScopeMatch = ScopeMatch.Any })).StatusCode);

        TokenTestResult refresh = await TestAsync(tokens.RefreshToken!.Reveal(), Rules);
        Assert.Equal(AuthErrorId.TokenUseMismatch, refresh.Failure);
        Assert.Equal(401, refresh.StatusCode);
        Assert.Equal(AuthErrorId.TokenInactive, (await TestAsync("unknown", Rules)).Failure);
        Assert.Equal(AuthErrorId.TokenMalformed, (await TestAsync(string.Empty, Rules)).Failure);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AuthErrorId.TokenExpired, (await TestAsync(tokens.AccessToken.Reveal(), Rules)).Failure);
    }

    private ValidationRules Rules => new() { Clock = clock };

    private ValueTask<TokenTestResult> TestAsync(string token, ValidationRules rules) => IssuerTester.TestAsync(issuer, token, rules, NoLog.Instance, Stop);

    private Task<IssuedTokens> IssueAsync(TokenFormat format) =>
        issuer.IssueAsync(new TokenGrant { Subject = "alice", Scopes = ["read", "list"], ClientId = "nightly", Format = format }, Stop);
}
