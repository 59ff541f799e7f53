using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using Xunit;

namespace AuthModule.Core.Tests.Issuing;

public sealed class ValidateTests
{
    private readonly IssuerFixture fixture = new();

    [Fact]
    [Trait("Feature", "G4")]
    public async Task A_good_token_gives_its_subject_and_scopes()
    {
        IssuedTokens tokens = await fixture.IssueAsync("read");
        TokenStatus status = await fixture.Issuer.ValidateAsync(tokens.AccessToken.Reveal(), IssuerFixture.Canceled);
        Assert.True(status.IsActive);
        Assert.Equal("alice", status.Record!.Subject);
        Assert.Equal(["read"], status.Record.Scopes);
    }

    [Fact]
    [Trait("Feature", "G4")]
    public async Task Access_and_refresh_tokens_do_not_replace_each_other()
    {
        IssuedTokens tokens = await fixture.IssueAsync();
        Assert.Equal(AuthErrorId.TokenUseMismatch, await fixture.FailureOfAsync(tokens.RefreshToken!.Reveal()));

        var refused = await Assert.ThrowsAnyAsync<AuthException>(
            () => fixture.Issuer.RefreshAsync(tokens.AccessToken.Reveal(), IssuerFixture.Canceled));
        Assert.Equal(AuthErrorId.TokenUseMismatch, refused.Code);
        Assert.Null(await fixture.FailureOfAsync(tokens.AccessToken.Reveal()));
    }

    [Fact]
    [Trait("Feature", "G4")]
    public async Task An_expired_token_is_refused_and_removed()
    {
        IssuedTokens tokens = await fixture.IssueAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Null(await fixture.FailureOfAsync(tokens.AccessToken.Reveal()));

        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthErrorId.TokenExpired, await fixture.FailureOfAsync(tokens.AccessToken.Reveal()));
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync(tokens.AccessToken.Reveal()));
    }

    [Fact]
    [Trait("Feature", "G4")]
    public async Task Expired_records_do_not_pile_up()
    {
        for (int i = 0; i < 1000; i++)
        {
            await fixture.IssueAsync();
            fixture.Clock.Advance(TimeSpan.FromHours(2));
        }

        // A day holds 12 living refresh tokens; the store sweeps when it has grown to 256 entries.
        Assert.InRange(fixture.Store.Count, 1, 256);
    }

    [Theory]
    [Trait("Feature", "G14")]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_missing_token_is_refused_everywhere(string? token)
    {
        Assert.Equal(AuthErrorId.TokenMalformed, await fixture.FailureOfAsync(token));
        Assert.False(await fixture.Issuer.RevokeAsync(token, IssuerFixture.Canceled));
        var refused = await Assert.ThrowsAnyAsync<AuthException>(() => fixture.Issuer.RefreshAsync(token, IssuerFixture.Canceled));
        Assert.Equal(AuthErrorId.TokenMalformed, refused.Code);
    }

    [Fact]
    [Trait("Feature", "G14")]
    public async Task An_oversized_or_strange_token_is_refused()
    {
        Assert.Equal(AuthErrorId.TokenMalformed, await fixture.FailureOfAsync(new string('a', 5_000_000)));
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync("\0\uD800 ünknown"));
    }

    [Theory]
    [Trait("Feature", "G11")]
    [InlineData("read", false, 200)]
    [InlineData("read write", false, 200)]
    [InlineData("read admin", false, 403)]
    [InlineData("read admin", true, 200)]
    [InlineData("admin root", true, 403)]
    [InlineData("READ", false, 403)]
    public async Task Scopes_are_checked_all_or_any(string required, bool any, int status)
    {
        IssuedTokens tokens = await fixture.IssueAsync("read", "write");
        TokenStatus result = await fixture.Issuer.ValidateAsync(tokens.AccessToken.Reveal(), IssuerFixture.Canceled, required.Split(' '), any);
        Assert.Equal(status, result.StatusCode);
        Assert.Equal(status == 200 ? null : AuthErrorId.InsufficientScope, result.Failure);
    }

    [Fact]
    [Trait("Feature", "G11")]
    public async Task A_token_that_is_not_good_is_401_whatever_its_scopes()
    {
        TokenStatus result = await fixture.Issuer.ValidateAsync("unknown", IssuerFixture.Canceled, ["read"]);
        Assert.Equal(401, result.StatusCode);
    }

    [Fact]
    [Trait("Feature", "G16")]
    public async Task Each_use_is_reported_without_the_token()
    {
        var uses = new List<TokenUsageEventArgs>();
        fixture.Issuer.TokenUsed += (_, _) => throw new InvalidOperationException("a broken handler");
        fixture.Issuer.TokenUsed += (_, use) => uses.Add(use);

        IssuedTokens tokens = await fixture.IssueAsync("read");
        await fixture.FailureOfAsync(tokens.AccessToken.Reveal());
        await fixture.FailureOfAsync("unknown");
        await fixture.Issuer.RevokeAsync(tokens.RefreshToken!.Reveal(), IssuerFixture.Canceled);

        Assert.Collection(
            uses,
            static use => Assert.Equal(("Issue", "alice", null), (use.Action, use.Subject, use.Failure)),
            static use => Assert.Equal(("Validate", "alice", null), (use.Action, use.Subject, use.Failure)),
            static use => Assert.Equal(("Validate", null, AuthErrorId.TokenInactive), (use.Action, use.Subject, use.Failure)),
            static use => Assert.Equal(("Revoke", "alice", null), (use.Action, use.Subject, use.Failure)));
        Assert.All(uses, use => Assert.Equal(fixture.Clock.GetUtcNow(), use.Time));
    }
}
