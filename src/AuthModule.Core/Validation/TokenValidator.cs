using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Diagnostics;
using AuthModule.Errors;

namespace AuthModule.Validation;

/// <summary>Runs the checks over a token and says what each found. Safe from many threads.</summary>
internal sealed class TokenValidator
{
    public Task<TokenTestResult> ValidateAsync(string token, ValidationRules rules, CancellationToken cancellationToken) =>
        ValidateAsync(token, rules, NoLog.Instance, cancellationToken).AsTask();

    /// <summary>A token that is no good is a result, never an exception.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: no keys to verify with; InvalidKey: a key file that cannot be read.</exception>
    /// <exception cref="AuthServiceException">The issuer's keys cannot be had, so that there is no answer.</exception>
    public async ValueTask<TokenTestResult> ValidateAsync(string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken)
    {
        if (!rules.Offline && rules.Keys is null && rules.HmacSecret is null)
        {
            throw AuthError.Missing("-Authority", "there are no keys to verify the token with (-Authority, -Jwks, or -Offline for shape and expiry only)");
        }

        var context = new ValidationContext { Text = token, Rules = rules, Log = log, Now = rules.Clock.GetUtcNow() };
        return await RunAsync(context, rules.Offline ? ValidationChecks.Offline : ValidationChecks.All, cancellationToken).ConfigureAwait(false);
    }

    internal static async ValueTask<TokenTestResult> RunAsync(ValidationContext context, IReadOnlyList<ITokenCheck> checks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<TokenCheck>(checks.Count);
        for (int i = 0; i < checks.Count; i++)
        {
            if (await checks[i].RunAsync(context, cancellationToken).ConfigureAwait(false) is { } check)
            {
                found.Add(check);
            }
        }

        return new TokenTestResult(found, context.ClaimsOrNone, Summarize(context));
    }

    private static TokenSummary Summarize(ValidationContext context)
    {
        IReadOnlyDictionary<string, object?> claims = context.ClaimsOrNone;
        ClaimNames names = context.Rules.ClaimNames;
        DateTimeOffset? expiresOn = NumericDate.ReadOptional(claims, "exp");
        return new TokenSummary
        {
            Subject = ClaimText.One(claims, "sub"),
            Scopes = TokenClaims.Scopes(claims, names),
            Groups = TokenClaims.Groups(claims, names),
            ExpiresOn = expiresOn,
            ExpiresIn = expiresOn - context.Now,
            Realm = context.Rules.Realm,
            RequiredScopes = context.Rules.RequiredScopes,
        };
    }
}
