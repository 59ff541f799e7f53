using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>The token has all of the required scopes, or any of them.</summary>
internal sealed class ScopeCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        IReadOnlyList<string> required = context.Rules.RequiredScopes;
        if (required.Count == 0)
        {
            return null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Scopes, "there are no claims to read");
        }

        object? held = TokenClaims.ScopeValue(claims, context.Rules.ClaimNames);
        List<string>? missing = null;
        for (int i = 0; i < required.Count; i++)
        {
            if (!ClaimText.HasWord(held, required[i]))
            {
                (missing ??= []).Add(required[i]);
            }
        }

        bool isAny = context.Rules.ScopeMatch == ScopeMatch.Any;
        return missing is null || (isAny && missing.Count < required.Count)
            ? TokenCheck.OkLater(CheckName.Scopes, $"{new DisplayList(held)}")
            : TokenCheck.Failed(CheckName.Scopes, AuthErrorId.InsufficientScope, isAny ? $"has none of {DisplayText.List(required)}" : $"lacks {DisplayText.List(missing)}");
    }
}
