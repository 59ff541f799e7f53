using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>Every required claim has the required value.</summary>
internal sealed class ClaimCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        if (context.Rules.RequiredClaims is not { Count: > 0 } required)
        {
            return null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Claims, "there are no claims to read");
        }

        var names = new List<string>(required.Count);
        foreach (KeyValuePair<string, object?> wanted in required)
        {
            bool isThere = ClaimText.TryFind(claims, wanted.Key, out object? value);
            if (!ClaimValue.Matches(value, wanted.Value))
            {
                // The required value is the user's own and is told; the token's value may be anything and is not.
                return TokenCheck.Failed(CheckName.Claims, AuthErrorId.ClaimMismatch, isThere ? $"{DisplayText.Text(wanted.Key)} has another value" : $"{DisplayText.Text(wanted.Key)} is missing");
            }

            names.Add(wanted.Key);
        }

        return TokenCheck.Ok(CheckName.Claims, DisplayText.List(names));
    }
}
