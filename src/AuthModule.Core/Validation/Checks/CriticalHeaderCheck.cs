using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>Nothing in the header must be understood that is not (<c>crit</c>; RFC 7515, section 4.1.11). No extension is understood here.</summary>
internal sealed class CriticalHeaderCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    /// <summary>Null when the header demands nothing.</summary>
    public static string? Fault(IReadOnlyDictionary<string, object?> header)
    {
        if (!header.TryGetValue("crit", out object? critical))
        {
            return null;
        }

        string names = ClaimText.OneOrMany(critical) is { Count: > 0 } listed ? $"'{DisplayText.List(listed)}'" : "something that it does not name";
        return $"the header demands to understand {names}, which is not known here";
    }

    private static TokenCheck? Run(ValidationContext context) => context.Token is { } token && Fault(token.Header) is { } fault
        ? TokenCheck.Failed(CheckName.Critical, AuthErrorId.TokenMalformed, fault)
        : null;
}
