using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>The person signed in recently enough (<c>auth_time</c>) and in one of the wanted ways (<c>acr</c>); OpenID Connect Core, section 3.1.3.7.</summary>
internal sealed class AuthenticationCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        ValidationRules rules = context.Rules;
        if (rules.MaximumAge is null && rules.ContextClasses.Count == 0)
        {
            return null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Authentication, "there are no claims to read");
        }

        if ((FaultOfAge(claims, rules, context.Now) ?? FaultOfClass(claims, rules.ContextClasses)) is { } fault)
        {
            return TokenCheck.Failed(CheckName.Authentication, AuthErrorId.ClaimMismatch, fault);
        }

        return TokenCheck.Ok(CheckName.Authentication, ClaimText.One(claims, "acr") is { } acr ? $"acr {DisplayText.Text(acr)}" : "recent enough");
    }

    private static string? FaultOfAge(IReadOnlyDictionary<string, object?> claims, ValidationRules rules, DateTimeOffset now)
    {
        if (rules.MaximumAge is not { } most)
        {
            return null;
        }

        if (NumericDate.Read(claims, "auth_time", out DateTimeOffset signedInOn) != NumericDateState.Valid)
        {
            return "it does not say when the person signed in (auth_time), although that was asked for";
        }

        TimeSpan age = now - signedInOn;
        return age > most + rules.ClockSkew ? $"the person signed in {DisplayText.Span(age)} ago, not within {DisplayText.Span(most)}"
            : age < -rules.ClockSkew ? $"the person signs in only in {DisplayText.Span(age)}"
            : null;
    }

    private static string? FaultOfClass(IReadOnlyDictionary<string, object?> claims, IReadOnlyList<string> wanted) =>
        wanted.Count == 0 ? null
        : ClaimText.One(claims, "acr") is not { } acr ? "it does not say how the person signed in (acr), although that was asked for"
        : ClaimText.Has(wanted, acr) ? null
        : $"the person signed in by '{DisplayText.Text(acr)}', not by {DisplayText.List(wanted, " or ")}";
}
