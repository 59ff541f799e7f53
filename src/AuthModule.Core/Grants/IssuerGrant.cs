using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Issuing;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A token of the caller's own issuer, in this process: nothing is sent.</summary>
internal sealed class IssuerGrant : IOwnGrant
{
    public string Name => GrantNames.Issuer;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => "a local issuer needs no sign-in";

    public OperationDescription Standard { get; } = new();

    public bool IsMeantBy(TokenRequest request) => request.Input.Issuer is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public async Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        TokenRequest request = context.Request;
        long startedAt = context.Clock.GetTimestamp();
        IssuedTokens issued = await IssuerOf(context).IssueAsync(
            new TokenGrant
            {
                Subject = request.Input.Subject ?? throw AuthError.Missing("-Subject", "the issuer needs to know for whom the token is"),
                Scopes = request.Scopes,
                ClientId = request.ClientId,
                Audience = request.Resources,
            },
            cancellationToken).ConfigureAwait(false);
        return TokensOf(context, issued, startedAt);
    }

    public async Task<TokenSet> RenewAsync(GrantContext context, TokenSet previous, CancellationToken cancellationToken)
    {
        long startedAt = context.Clock.GetTimestamp();
        IssuedTokens issued = await IssuerOf(context)
            .RefreshAsync(previous.RefreshToken!.Reveal(), cancellationToken, clientId: context.Request.ClientId).ConfigureAwait(false);
        return TokensOf(context, issued, startedAt);
    }

    public async Task<(RevocationOutcome Access, RevocationOutcome Refresh)> RevokeAsync(GrantContext context, TokenSet tokens, CancellationToken cancellationToken)
    {
        AuthIssuer issuer = IssuerOf(context);
        RevocationOutcome refresh = RevocationOutcome.None;
        if (tokens.RefreshToken is { } refreshToken)
        {
            await issuer.RevokeAsync(refreshToken.Reveal(), cancellationToken).ConfigureAwait(false);
            refresh = RevocationOutcome.Confirmed;
        }

        await issuer.RevokeAsync(tokens.AccessToken.Reveal(), cancellationToken).ConfigureAwait(false);
        return (RevocationOutcome.Confirmed, refresh);
    }

    private static AuthIssuer IssuerOf(GrantContext context) =>
        context.Request.Input.Issuer ?? throw AuthError.Missing("-Issuer", "a token of your own issuer needs one: New-AuthIssuer makes it");

    private TokenSet TokensOf(GrantContext context, IssuedTokens issued, long startedAt) => new(context.Clock, startedAt)
    {
        AccessToken = issued.AccessToken,
        RefreshToken = issued.RefreshToken,
        Scopes = issued.Scopes,
        Subject = issued.Grant.Subject,
        IssuedOn = issued.IssuedOn,
        ExpiresOn = issued.ExpiresOn,
        Lifetime = issued.ExpiresIn,
        SignInGrant = Name,
    };
}
