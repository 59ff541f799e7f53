using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>One of the expected audiences is in <c>aud</c>, one text or several (RFC 7519, section 4.1.3).</summary>
internal sealed class AudienceCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        IReadOnlyList<string> expected = context.Rules.Audiences;
        if (expected.Count == 0)
        {
            return null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Audience, "there are no claims to read");
        }

        if (!claims.TryGetValue("aud", out object? value))
        {
            return Failed("the token names no audience");
        }

        if (value is string one && ClaimText.Has(expected, one))
        {
            return TokenCheck.Ok(CheckName.Audience, DisplayText.Text(one));
        }

        if (ClaimText.OneOrMany(value) is not { } audiences)
        {
            return Failed("the audience is neither a text nor a list of texts");
        }

        for (int i = 0; i < expected.Count; i++)
        {
            if (ClaimText.Has(audiences, expected[i]))
            {
                return TokenCheck.Ok(CheckName.Audience, DisplayText.Text(expected[i]));
            }
        }

        return Failed($"'{DisplayText.List(audiences)}' is not {DisplayText.List(expected, " or ")}");
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.Audience, AuthErrorId.AudienceMismatch, reason);
}
