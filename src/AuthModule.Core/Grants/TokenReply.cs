using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>
/// What a service answered to a token request. Tokens come out of it by <see cref="AcceptAsync"/> only, whatever the grant: what
/// was not checked is not trusted.
/// </summary>
internal sealed class TokenReply
{
    private readonly GrantContext context;
    private readonly ReplyDocument? document;
    private readonly ReplyDescription? description;
    private readonly SignInSteps? steps;
    private readonly TokenSet? made;

    /// <param name="context">The sign-in or renewal.</param>
    /// <param name="document">What was answered.</param>
    /// <param name="description">How it is read.</param>
    /// <param name="steps">The requests around it.</param>
    public TokenReply(GrantContext context, ReplyDocument document, ReplyDescription description, SignInSteps steps)
    {
        this.context = context;
        this.document = document;
        this.description = description;
        this.steps = steps;
    }

    /// <param name="context">The sign-in or renewal.</param>
    /// <param name="made">A token that was made here: no service answered anything.</param>
    public TokenReply(GrantContext context, TokenSet made)
    {
        this.context = context;
        this.made = made;
    }

    /// <summary>The entry of the description that was asked for.</summary>
    public required string OperationName { get; init; }

    /// <summary>The scopes that the service was told.</summary>
    public required IReadOnlyList<string> CarriedScopes { get; init; }

    /// <summary>The tokens, once everything that came along was found good.</summary>
    /// <param name="expected">What an ID token has to match.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="AuthServiceException">MalformedResponse; the keys of an ID token cannot be had.</exception>
    /// <exception cref="TokenValidationException">An ID token that is no good.</exception>
    public async Task<TokenSet> AcceptAsync(IdTokenExpectation expected, CancellationToken cancellationToken)
    {
        if (document is null || description is null || steps is null)
        {
            return made!;
        }

        try
        {
            TokenSet read = Read(document, description, steps);
            TokenSet verified = await context.Tools.IdTokens.VerifyAsync(context, read, expected, cancellationToken).ConfigureAwait(false);
            return await steps.FinishAsync(verified, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException) when (context.Replaced is { } replaced && NewRefreshToken(document, description) is { } refreshToken)
        {
            replaced.Kept = context.Previous!.WithRefreshToken(refreshToken).WithDoubt(null);
            throw;
        }
    }

    private TokenSet Read(ReplyDocument document, ReplyDescription description, SignInSteps steps)
    {
        TokenSet? previous = context.Previous;
        GrantInput input = context.Request.Input;
        var known = new TokenReplyContext(context.Clock, previous?.SignInGrant ?? OperationName)
        {
            RequestedScopes = previous?.Scopes ?? CarriedScopes,
            PreviousRefreshToken = previous?.RefreshToken,
            PreviousToken = previous?.AccessToken,
            PreviousTokenType = previous?.TokenType,
            PreviousSubject = previous?.Subject,
            UserName = OperationName == GrantNames.Password ? input.UserName : null,
            IsExchange = OperationName == GrantNames.TokenExchange,
            RequestedLifetime = input.TokenDuration is { } wish ? Duration.Parse(wish, "-TokenDuration") : null,
            ProofKey = context.ProofKey?.Jwk,
            Kept = steps.Kept,
        };
        TokenSet tokens = TokenReplyReader.Read(document, description, known);
        if (previous is null && CarriedScopes.Count == 0)
        {
            context.WarnOfScope();
        }

        WarnOfTokenType(document, description);
        return context.ProofKey is null || tokens.TokenType == TokenTypes.Dpop
            ? tokens
            : throw AuthError.Create(
                AuthErrorId.MalformedResponse,
                $"{context.Service.DisplayName} answered with a {tokens.TokenType} token, although one bound to this session's key was asked for "
                    + "(RFC 9449); it is not used.",
                new ErrorDetails
                {
                    Service = context.Service.DisplayName,
                    Action = "Leave out -Dpop where the service does not bind tokens.",
                    CorrelationId = document.Reply.Request.RequestId,
                });
    }

    // RFC 6749, section 5.1 demands it of its own replies; others are what their description says.
    private void WarnOfTokenType(ReplyDocument document, ReplyDescription description)
    {
        bool isStandard = description.TokenType.Paths.Count > 0 && document.Find(ReplyPlaces.Of("access_token")) is not null;
        if (isStandard && !context.Service.HasWarnedOfTokenType && !description.TokenTypes.ContainsKey(string.Empty)
            && string.IsNullOrEmpty(document.FindText(description.TokenType)))
        {
            context.Service.HasWarnedOfTokenType = true;
            context.Log.Warning($"{context.Service.DisplayName} did not say of which type its token is (token_type); it is taken for a bearer token.");
        }
    }

    private Secret? NewRefreshToken(ReplyDocument document, ReplyDescription description) =>
        document.Find(description.RefreshToken) is { ValueKind: JsonValueKind.String } text
        && text.GetString() is { Length: <= Secret.MaxCharacters } token && Secret.FromOptional(token) is { } sent && !sent.Matches(context.Previous?.RefreshToken)
            ? sent
            : null;
}

/// <summary>What has to be kept of a renewal whose reply was refused.</summary>
internal sealed class ReplacedTokens
{
    /// <summary>The tokens as they were, with the refresh token that the service has put in place of theirs; null where it has not.</summary>
    public TokenSet? Kept { get; set; }
}
