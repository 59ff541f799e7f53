using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using Xunit;

namespace AuthModule.Core.Tests.Issuing;

public sealed class RefreshTests
{
    private readonly IssuerFixture fixture = new();

    [Fact]
    [Trait("Feature", "G5")]
    public async Task Refresh_gives_a_new_pair_for_the_same_user_and_ends_the_old_one()
    {
        IssuedTokens old = await fixture.IssueAsync("read", "write");
        IssuedTokens fresh = await RefreshAsync(old);

        Assert.NotEqual(old.AccessToken.Reveal(), fresh.AccessToken.Reveal());
        Assert.NotEqual(old.RefreshToken!.Reveal(), fresh.RefreshToken!.Reveal());
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync(old.AccessToken.Reveal()));
        TokenStatus status = await fixture.Issuer.ValidateAsync(fresh.AccessToken.Reveal(), IssuerFixture.Canceled);
        Assert.Equal("alice", status.Record!.Subject);
        Assert.Equal(["read", "write"], status.Record.Scopes);
    }

    [Fact]
    [Trait("Feature", "G5")]
    public async Task Everything_of_a_grant_survives_a_refresh()
    {
        var grant = new TokenGrant
        {
            Subject = "alice",
            Scopes = ["read"],
            ClientId = "portal",
            Audience = ["orders"],
            Issuer = "https://id.contoso.com",
            Claims = new System.Collections.Generic.Dictionary<string, object?> { ["groups"] = new[] { "sales" } },
            TokenLifetime = TimeSpan.FromSeconds(90),
            Format = TokenFormat.Jwt,
        };
        IssuedTokens first = await fixture.Issuer.IssueAsync(grant, IssuerFixture.Canceled);
        IssuedTokens second = await RefreshAsync(await RefreshAsync(first));
        Assert.Equal(TimeSpan.FromSeconds(90), second.ExpiresIn);
        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(second.AccessToken.Reveal());
        Assert.Equal("https://id.contoso.com", token.Issuer);
        Assert.Equal("sales", token.GetClaim("groups").Value);
        Assert.Equal("portal", token.GetClaim("client_id").Value);
    }

    [Fact]
    [Trait("Feature", "G5")]
    public async Task A_refresh_can_narrow_the_scopes_but_not_widen_them()
    {
        IssuedTokens tokens = await fixture.IssueAsync("read", "write");
        var refused = await Assert.ThrowsAnyAsync<AuthException>(() => RefreshAsync(tokens, "read", "admin"));
        Assert.Equal(AuthErrorId.InvalidScope, refused.Code);

        IssuedTokens narrow = await RefreshAsync(tokens, "read");
        Assert.Equal(["read"], narrow.Scopes);
        IssuedTokens full = await RefreshAsync(narrow);
        Assert.Equal(["read", "write"], full.Scopes);
    }

    [Fact]
    [Trait("Feature", "G5")]
    public async Task An_expired_refresh_token_is_told_apart()
    {
        IssuedTokens tokens = await fixture.IssueAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(86400));
        var refused = await Assert.ThrowsAsync<TokenExpiredException>(() => RefreshAsync(tokens));
        Assert.Equal(AuthErrorId.RefreshTokenExpired, refused.Code);
    }

    [Fact]
    [Trait("Feature", "G5")]
    public async Task Another_client_cannot_use_a_refresh_token_nor_use_it_up()
    {
        IssuedTokens tokens = await fixture.Issuer.IssueAsync(new TokenGrant { Subject = "alice", ClientId = "portal" }, IssuerFixture.Canceled);
        string refresh = tokens.RefreshToken!.Reveal();
        var refused = await Assert.ThrowsAnyAsync<AuthException>(() => fixture.Issuer.RefreshAsync(refresh, IssuerFixture.Canceled, clientId: "thief"));
        Assert.Equal(AuthErrorId.ClientMismatch, refused.Code);
        Assert.NotNull(await fixture.Issuer.RefreshAsync(refresh, IssuerFixture.Canceled, clientId: "portal"));
    }

    [Fact]
    [Trait("Feature", "G6")]
    public async Task Of_many_refreshes_at_once_exactly_one_wins()
    {
        for (int round = 0; round < 20; round++)
        {
            IssuedTokens tokens = await fixture.IssueAsync();
            using var start = new Barrier(8);
            Task<bool>[] callers = [.. Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                async () =>
                {
                    start.SignalAndWait(IssuerFixture.Canceled);
                    return await TryRefreshAsync(tokens);
                },
                IssuerFixture.Canceled,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap())];
            bool[] won = await Task.WhenAll(callers);
            Assert.Single(won, static wins => wins);
        }
    }

    [Fact]
    [Trait("Feature", "G7")]
    public async Task Using_a_spent_refresh_token_revokes_everything_that_came_from_it()
    {
        IssuedTokens first = await fixture.IssueAsync();
        IssuedTokens second = await RefreshAsync(first);
        IssuedTokens third = await RefreshAsync(second);
        Assert.Null(await fixture.FailureOfAsync(third.AccessToken.Reveal()));

        var refused = await Assert.ThrowsAsync<TokenValidationException>(() => RefreshAsync(first));
        Assert.Equal(AuthErrorId.TokenReused, refused.Code);
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync(third.AccessToken.Reveal()));
        Assert.False(await TryRefreshAsync(third));
    }

    [Fact]
    [Trait("Feature", "G7")]
    public async Task A_reuse_touches_no_other_family()
    {
        IssuedTokens mine = await fixture.IssueAsync();
        IssuedTokens other = await fixture.IssueAsync();
        await RefreshAsync(mine);
        Assert.False(await TryRefreshAsync(mine));
        Assert.Null(await fixture.FailureOfAsync(other.AccessToken.Reveal()));
        Assert.True(await TryRefreshAsync(other));
    }

    [Fact]
    [Trait("Feature", "G7")]
    public async Task Revoking_a_refresh_token_takes_its_access_token_along_but_not_the_other_way_round()
    {
        IssuedTokens tokens = await fixture.IssueAsync();
        Assert.True(await fixture.Issuer.RevokeAsync(tokens.AccessToken.Reveal(), IssuerFixture.Canceled));
        Assert.False(await fixture.Issuer.RevokeAsync(tokens.AccessToken.Reveal(), IssuerFixture.Canceled));
        IssuedTokens fresh = await RefreshAsync(tokens);

        Assert.True(await fixture.Issuer.RevokeAsync(fresh.RefreshToken!.Reveal(), IssuerFixture.Canceled));
        Assert.Equal(AuthErrorId.TokenInactive, await fixture.FailureOfAsync(fresh.AccessToken.Reveal()));
        Assert.False(await TryRefreshAsync(fresh));
    }

    private Task<IssuedTokens> RefreshAsync(IssuedTokens tokens, params string[] scopes) =>
        fixture.Issuer.RefreshAsync(tokens.RefreshToken!.Reveal(), IssuerFixture.Canceled, scopes.Length == 0 ? null : scopes);

    private async Task<bool> TryRefreshAsync(IssuedTokens tokens)
    {
        try
        {
            await RefreshAsync(tokens);
            return true;
        }
        catch (TokenValidationException)
        {
            return false;
        }
    }
}
