using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Checks;

/// <summary>Nothing in the header must be understood that is not (<c>crit</c>; RFC 7515, section 4.1.11). No extension is understood here.</summary>
internal sealed class CriticalHeaderCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        if (context.Token is null || !context.Token.Header.TryGetValue("crit", out object? critical))
        {
            return null;
        }

        string names = ClaimText.OneOrMany(critical) is { Count: > 0 } listed ? $"'{Shown.List(listed)}'" : "something that it does not name";
        return TokenCheck.Failed(CheckName.Critical, AuthErrorId.TokenMalformed, $"the header demands to understand {names}, which is not known here");
    }
}
