using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

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

        IReadOnlyList<string> held = TokenClaims.Scopes(claims, context.Rules.ClaimNames);
        var missing = new List<string>();
        for (int i = 0; i < required.Count; i++)
        {
            if (!ClaimText.Has(held, required[i]))
            {
                missing.Add(required[i]);
            }
        }

        bool isEnough = context.Rules.ScopeMatch == ScopeMatch.Any ? missing.Count < required.Count : missing.Count == 0;
        return isEnough
            ? TokenCheck.Ok(CheckName.Scopes, Shown.List(held))
            : TokenCheck.Failed(
                CheckName.Scopes,
                AuthErrorId.InsufficientScope,
                context.Rules.ScopeMatch == ScopeMatch.Any ? $"has none of {Shown.List(required)}" : $"lacks {Shown.List(missing)}");
    }
}
