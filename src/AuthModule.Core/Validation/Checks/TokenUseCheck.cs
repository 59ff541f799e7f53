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

        if (context.Rules.Use == TokenUse.Message)
        {
            return MessageRules.Fault(token, context.Rules.MessageType);
        }

        TokenKind kind = TokenKind.Of(token, context.Rules.ClaimNames);
        context.Use = kind.Use;
        if (kind.IsForeign)
        {
            return KindRules.Mismatch($"{kind.Evidence} is neither an access nor an ID token");
        }

        if (KindRules.Fault(kind, context.Rules.Use, token.Claims) is { } fault)
        {
            return fault;
        }

        // A token that does not say what it is passes as an access token. Where nothing is verified it proves nothing.
        return kind.Use is { } use && context.Rules is { Use: not TokenUse.Any, Offline: false }
            ? TokenCheck.Ok(CheckName.TokenUse, $"{KindRules.Name(use)} ({kind.Evidence})")
            : null;
    }
}
