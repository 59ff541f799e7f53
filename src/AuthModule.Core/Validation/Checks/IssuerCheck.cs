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
        IReadOnlyList<string> expected = context.Rules.Issuers;
        string? published = context.KeySearch?.Issuer;
        if (expected.Count == 0 && published is null)
        {
            // Without keys nobody said who the issuer should be; with a bare key file the keys stand for it.
            return context.KeySearch is null && context.Rules.Keys is not null && context.Reply is null ? TokenCheck.NotRun(CheckName.Issuer, "the issuer's keys were not looked for") : null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Issuer, "there are no claims to read");
        }

        if (!claims.TryGetValue("iss", out object? value))
        {
            // The server that was asked is the issuer; it need not say so (RFC 7662, section 2.2).
            return context.Reply is null ? Failed("the token names no issuer") : null;
        }

        if (value is not string issuer)
        {
            return Failed("the issuer is not a text");
        }

        bool isExpected = expected.Count > 0 ? ClaimText.Has(expected, issuer) : string.Equals(issuer, published, StringComparison.Ordinal);
        return isExpected
            ? TokenCheck.Ok(CheckName.Issuer, DisplayText.Text(issuer))
            : Failed($"'{DisplayText.Text(issuer)}' is not {(expected.Count > 0 ? DisplayText.List(expected, " or ") : published)}");
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.Issuer, AuthErrorId.IssuerMismatch, reason);
}
