using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation.Checks;

/// <summary>The token is of the kind that is asked for: an ID token opens no endpoint, an access token proves no sign-in (RFC 8725, section 3.12).</summary>
internal sealed class TokenUseCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        if (context.Token is not { } token)
        {
            return null;
        }

        TokenKind kind = TokenKind.Of(token, context.Rules.ClaimNames);
        context.Use = kind.Use;
        if (kind.IsForeign)
        {
            return Failed($"{kind.Evidence} is neither an access nor an ID token");
        }

        if (context.Rules.Use == TokenUse.Any)
        {
            return null;
        }

        if (kind.Use is { } use)
        {
            return use == context.Rules.Use
                ? TokenCheck.Ok(CheckName.TokenUse, $"{Name(use)} ({kind.Evidence})")
                : Failed($"{kind.Evidence} makes it an {Name(use)}, not an {Name(context.Rules.Use)}");
        }

        // A token that does not say what it is passes as an access token; an ID token has what OpenID Connect Core, section 2, demands.
        return context.Rules.Use == TokenUse.Id && MissingIdClaim(token) is { } missing
            ? Failed($"an ID token has '{missing}'")
            : null;
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.TokenUse, AuthErrorId.TokenUseMismatch, reason);

    private static string Name(TokenUse use) => use == TokenUse.Id ? "ID token" : "access token";

    private static string? MissingIdClaim(ParsedToken token) =>
        Array.Find(["iss", "sub", "aud", "exp", "iat"], name => !token.Claims.ContainsKey(name));
}
