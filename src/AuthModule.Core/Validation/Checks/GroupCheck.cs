using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>The token's subject is in all of the required groups.</summary>
internal sealed class GroupCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        IReadOnlyList<string> required = context.Rules.RequiredGroups;
        if (required.Count == 0)
        {
            return null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Groups, "there are no claims to read");
        }

        IReadOnlyList<string> held = TokenClaims.Groups(claims, context.Rules.ClaimNames);
        var missing = new List<string>();
        for (int i = 0; i < required.Count; i++)
        {
            if (!ClaimText.Has(held, required[i]))
            {
                missing.Add(required[i]);
            }
        }

        return missing.Count == 0
            ? TokenCheck.Ok(CheckName.Groups, DisplayText.List(required))
            : TokenCheck.Failed(CheckName.Groups, AuthErrorId.ClaimMismatch, $"not in {DisplayText.List(missing)}");
    }
}
