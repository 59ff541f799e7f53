using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Diagnostics;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Tokens;
using AuthModule.Wire;

namespace AuthModule.Grants;

/// <summary>
/// What a service answered to a token request. Tokens come out of it by <see cref="AcceptAsync"/> only, whatever the grant: what
/// was not checked is not trusted.
/// </summary>
internal sealed class TokenReply(GrantContext context, WireReply reply, JsonElement json, ReplyDescription description)
{
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
        try
        {
            return await context.Tools.IdTokens.VerifyAsync(context, Read(), expected, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException) when (context.Replaced is { } replaced && NewRefreshToken() is { } refreshToken)
        {
            replaced.Kept = context.Previous!.WithRefreshToken(refreshToken).WithDoubt(null);
            throw;
        }
    }

    private TokenSet Read()
    {
        TokenSet? previous = context.Previous;
        GrantInput input = context.Request.Input;
        var known = new TokenReplyContext(context.Clock, previous?.SignInGrant ?? OperationName)
        {
            RequestedScopes = previous?.Scopes ?? CarriedScopes,
            PreviousRefreshToken = previous?.RefreshToken,
            PreviousSubject = previous?.Subject,
            UserName = OperationName == GrantNames.Password ? input.UserName : null,
            IsExchange = OperationName == GrantNames.TokenExchange,
            Wish = input.TokenDuration is { } wish ? Duration.Parse(wish, "-TokenDuration") : null,
            ProofKey = context.ProofKey?.Jwk,
        };
        TokenSet tokens = TokenReplyReader.Read(reply, json, description, known);
        if (previous is null && CarriedScopes.Count == 0)
        {
            context.WarnOfScope();
        }

        WarnOfTokenType();
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
                    CorrelationId = reply.Request.RequestId,
                });
    }

    // RFC 6749, section 5.1 demands it of its own replies; others are what their description says.
    private void WarnOfTokenType()
    {
        bool isStandard = description.TokenType.Count > 0 && JsonPath.Find(json, "access_token") is not null;
        if (isStandard && !context.Service.HasWarnedOfTokenType && string.IsNullOrEmpty(JsonPath.Text(json, description.TokenType)))
        {
            context.Service.HasWarnedOfTokenType = true;
            context.Log.Warning($"{context.Service.DisplayName} did not say of which type its token is (token_type); it is taken for a bearer token.");
        }
    }

    private Secret? NewRefreshToken() =>
        JsonPath.Find(json, description.RefreshToken) is { ValueKind: JsonValueKind.String } text
        && text.GetString() is { Length: <= Secret.MostCharacters } token && Secret.FromOptional(token) is { } sent && !sent.Matches(context.Previous?.RefreshToken)
            ? sent
            : null;
}

/// <summary>What has to be kept of a renewal whose reply was refused.</summary>
internal sealed class ReplacedTokens
{
    /// <summary>The tokens as they were, with the refresh token that the service has put in place of theirs; null where it has not.</summary>
    public TokenSet? Kept { get; set; }
}
