using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>Now is between <c>nbf</c> and <c>exp</c>, and the token is not from the future (<c>iat</c>); RFC 7519, sections 4.1.4 to 4.1.6.</summary>
internal sealed class LifetimeCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck Run(ValidationContext context)
    {
        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Lifetime, "there are no claims to read");
        }

        TimeSpan skew = context.Rules.ClockSkew;
        NumericDateState expiry = NumericDate.Read(claims, "exp", out DateTimeOffset expiresOn);
        TimeSpan left = expiresOn - context.Now;

        // A server that was asked has vouched for the time itself (RFC 7662, section 2.2: exp is optional).
        bool isUntold = expiry == NumericDateState.Missing && (context.Reply is not null || context.Rules.IsExpiryOptional);
        if (expiry != NumericDateState.Valid && !isUntold)
        {
            return Failed(AuthErrorId.TokenMalformed, expiry == NumericDateState.Missing ? "the token does not say until when it lives (exp)" : "exp is not a number of seconds since 1970");
        }

        if (!isUntold && left <= -skew)
        {
            return Failed(AuthErrorId.TokenExpired, $"expired {DisplayText.Span(left)} ago{Allowed(skew)}");
        }

        return FaultOfStart(claims, "nbf", "valid only in", context.Now, skew)
            ?? FaultOfStart(claims, "iat", "issued in the future, in", context.Now, skew)
            ?? (isUntold ? TokenCheck.Ok(CheckName.Lifetime, "the server did not say until when") : Passed(left, skew));
    }

    private static TokenCheck Passed(TimeSpan left, TimeSpan skew) => left > TimeSpan.Zero
        ? TokenCheck.OkLater(CheckName.Lifetime, $"{new DisplayDuration(left)} left")
        : TokenCheck.Ok(CheckName.Lifetime, $"expired {DisplayText.Span(left)} ago, within the skew of {DisplayText.Span(skew)}");

    private static TokenCheck? FaultOfStart(IReadOnlyDictionary<string, object?> claims, string name, string what, DateTimeOffset now, TimeSpan skew) =>
        NumericDate.Read(claims, name, out DateTimeOffset time) switch
        {
            NumericDateState.Invalid => Failed(AuthErrorId.TokenMalformed, $"{name} is not a number of seconds since 1970"),
            NumericDateState.Valid when time - now > skew => Failed(AuthErrorId.TokenNotYetValid, $"{what} {DisplayText.Span(time - now)}{Allowed(skew)}"),
            _ => null,
        };

    private static string Allowed(TimeSpan skew) => skew > TimeSpan.Zero ? $" (skew {DisplayText.Span(skew)})" : string.Empty;

    private static TokenCheck Failed(string id, string reason) => TokenCheck.Failed(CheckName.Lifetime, id, reason);
}
