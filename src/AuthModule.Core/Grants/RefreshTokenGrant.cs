using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A refresh token for a new access token (RFC 6749, section 6): the caller's own at a sign-in, the session's at a renewal.</summary>
internal sealed class RefreshTokenGrant : IGrant
{
    public const string GrantName = GrantNames.RefreshToken;

    public string Name => GrantName;

    public string DescribedAs => GrantName;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => "a trial would spend the refresh token";

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", "refresh_token"), ("refresh_token", "{refreshToken}"), ("scope", "{scope?}"), ("resource", "{resource*}"));

    public bool IsMeantBy(TokenRequest request) => request.Input.RefreshToken is not null;

    // The caller's refresh token may have been spent by the sign-in; renewals use the one that came back.
    public bool CanRepeat(TokenRequest request) => false;

    public async Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        Secret token = context.Previous?.RefreshToken ?? context.Request.Input.RefreshToken
            ?? throw AuthError.Missing("-RefreshToken", $"{context.Service.DisplayName} needs one for this way to sign in");
        TokenSet tokens = await context.RequestTokenAsync(
            this,
            OperationFor(context),
            values =>
            {
                values.Set("refreshToken", token);
                if (context.Previous is not null)
                {
                    // Left out, it means what was granted (RFC 6749, section 6); what was asked for may have been more.
                    values.Remove("scope");
                }
            },
            repeatable: false,
            cancellationToken).ConfigureAwait(false);

        // A reply without a refresh token leaves the old one good (RFC 6749, section 6).
        return tokens.RefreshToken is null ? tokens.WithRefreshToken(token) : tokens;
    }

    /// <summary>A service can have several: the sign-in's own grant names the one that belongs to it.</summary>
    private static string OperationFor(GrantContext context) =>
        context.Previous is { } previous && context.Service.Description.Grant(previous.SignInGrant)?.RenewWith is { } named
            ? named
            : GrantName;
}
