using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary><c>iss</c> is the expected one, letter by letter (RFC 8725, section 3.8): a slash more is another issuer.</summary>
internal sealed class IssuerCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        ValidationRules rules = context.Rules;

        // What the caller names first; then what the service publishes, which is exact; then what the service is called.
        string? published = rules.Issuers.Count > 0 ? null : context.KeySearch?.Issuer;
        IReadOnlyList<string> expected = rules.Issuers.Count > 0 ? rules.Issuers : rules.ServiceNames;
        if (expected.Count == 0 && published is null)
        {
            return Unknown(context);
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Issuer, "there are no claims to read");
        }

        if (!claims.TryGetValue("iss", out object? value))
        {
            return context.Reply is null ? Failed("the token names no issuer") : Unsaid(rules);
        }

        if (value is not string issuer)
        {
            return Failed("the issuer is not a text");
        }

        bool isExpected = published is null ? ClaimText.Has(expected, issuer) : string.Equals(issuer, published, StringComparison.Ordinal);
        return isExpected
            ? TokenCheck.Ok(CheckName.Issuer, DisplayText.Text(issuer))
            : Failed($"'{DisplayText.Text(issuer)}' is not {published ?? DisplayText.List(expected, " or ")}");
    }

    // Without keys, and where nothing is verified, it is not the issuer that is missing.
    private static TokenCheck? Unknown(ValidationContext context)
    {
        if (context.Reply is not null || context.Rules.Offline)
        {
            return null;
        }

        if (context.KeySearch is null)
        {
            return TokenCheck.NotRun(CheckName.Issuer, "the issuer's keys were not looked for");
        }

        context.IsIssuerUnknown = true;
        return TokenCheck.LeftOut(CheckName.Issuer, "nobody said who has to have issued it; add -Issuer, or -Authority");
    }

    // The server that was asked is the issuer; it need not say so (RFC 7662, section 2.2). Who wants another one has not got it.
    private static TokenCheck? Unsaid(ValidationRules rules)
    {
        for (int i = 0; i < rules.Issuers.Count; i++)
        {
            if (rules.ServiceNames.Count == 0 || ClaimText.Has(rules.ServiceNames, rules.Issuers[i]))
            {
                return null;
            }
        }

        return rules.Issuers.Count == 0
            ? null
            : Failed($"the answer names no issuer, and {rules.ServiceNames[0]}, which gave it, is not {DisplayText.List(rules.Issuers, " or ")}");
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.Issuer, AuthErrorId.IssuerMismatch, reason);
}
