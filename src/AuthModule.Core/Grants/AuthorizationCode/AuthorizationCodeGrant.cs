using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>The second half of a code flow (RFC 6749, section 4.1.3): the answer is checked, its code redeemed, the ID token validated.</summary>
internal sealed class AuthorizationCodeGrant : IGrant
{
    // Longer than a person needs to sign in, shorter than an address stays in anybody's notes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public string Name => GrantNames.AuthorizationCode;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => $"{Name} needs a person; try it with Get-AuthToken";

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", "authorization_code"), ("code", "{code}"), ("redirect_uri", "{redirectUri}"), ("code_verifier", "{codeVerifier}"),
        ("resource", "{resource*}"));

    public bool IsMeantBy(TokenRequest request) => request.Input.AuthorizationRequest is not null;

    public bool CanRepeat(TokenRequest request) => false;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        GrantInput input = context.Request.Input;
        AuthorizationRequest authorization = input.AuthorizationRequest
            ?? throw AuthError.Missing("-AuthorizationRequest", "the first half of this sign-in, made by New-AuthAuthorizationRequest");
        Secret callback = input.CallbackUri
            ?? throw AuthError.Missing("-CallbackUri", "the address that the browser was sent to after the sign-in");
        return RedeemAsync(context, authorization, callback, cancellationToken);
    }

    /// <summary>Shared with the flow that has its own browser.</summary>
    public async Task<TokenSet> RedeemAsync(GrantContext context, AuthorizationRequest authorization, Secret callback, CancellationToken cancellationToken)
    {
        Secret code = CallbackReader.ReadCode(
            await context.Tools.SignedAnswers.OpenAsync(context, authorization, callback.Reveal(), cancellationToken).ConfigureAwait(false),
            authorization,
            await context.Tools.Endpoints.MetadataAsync(context.Service, context.Log, cancellationToken).ConfigureAwait(false));
        if (context.Clock.GetUtcNow() - authorization.CreatedOn > LongestWait)
        {
            throw AuthError.Create(
                AuthErrorId.AuthorizationExpired,
                $"The authorization request to {authorization.Authority} is of {authorization.CreatedOn:u}; its answer comes too late.",
                new ErrorDetails { Service = authorization.Authority });
        }

        if (!authorization.TryUse())
        {
            throw AuthError.Create(
                AuthErrorId.TokenReused,
                $"This authorization request to {authorization.Authority} has been answered before; its code works once.",
                new ErrorDetails { Service = authorization.Authority, Action = "Start again with New-AuthAuthorizationRequest." });
        }

        TokenSet tokens = await (context with { ProofKey = authorization.ProofKey }).RequestTokenAsync(
            this,
            Name,
            values =>
            {
                values.Set("code", code);
                values.Set("redirectUri", authorization.RedirectUri.OriginalString);
                values.Set("codeVerifier", authorization.Verifier);
            },
            repeatable: false,
            cancellationToken,
            sendsExtras: false,
            carriedScopes: context.Carried(AuthorizationRequestBuilder.OperationOf(context.Service)),
            expected: IdTokenExpectation.OfSignIn(authorization.CreatedOn) with
            {
                Nonce = authorization.Nonce,
                Code = code,
                MaximumAge = context.Request.Input.MaximumAge,
                ContextClasses = SignInWishes.Classes(context.Request.Input),
            }).ConfigureAwait(false);
        AdviseConsent(context, tokens);
        return tokens;
    }

    // OpenID Connect Core, section 11: without asking the person a service need not let anybody act while they are away.
    private static void AdviseConsent(GrantContext context, TokenSet tokens)
    {
        TokenRequest request = context.Request;
        if (tokens.RefreshToken is null && request.Scopes.Contains("offline_access") && request.Input.Prompt?.Contains("consent", StringComparison.Ordinal) != true)
        {
            context.Log.Warning($"{context.Service.DisplayName} gave no refresh token although 'offline_access' was asked for. Many services give one only where the person is asked: add -Prompt consent.");
        }
    }
}
