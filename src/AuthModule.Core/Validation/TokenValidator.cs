using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Telemetry;
using AuthModule.Validation.Advice;
using AuthModule.Validation.Checks;

namespace AuthModule.Validation;

/// <summary>Runs the checks over a token and says what each found. Safe from many threads.</summary>
internal sealed class TokenValidator
{
    // Signatures that were found good. Everything else is checked again each time: the clock, the rules, and whether the key
    // that verified is still the issuer's.
    private readonly RecentTokens<ParsedToken> verified = new();

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

        if (rules.Offline || token.Length > CompactToken.MaxCharacters)
        {
            return await RunAsync(NewContext(token, rules, log, null), rules.Offline ? ValidationChecks.Offline : ValidationChecks.All, cancellationToken).ConfigureAwait(false);
        }

        TokenDigest digest = TokenDigest.Of(token);
        ParsedToken? seen = verified.Find(digest);
        ValidationContext context = NewContext(token, rules, log, seen);
        TokenTestResult result = await RunAsync(context, ValidationChecks.All, cancellationToken).ConfigureAwait(false);
        if (seen is null && context is { IsAuthentic: true, IsDecrypted: false })
        {
            verified.Keep(digest, context.Token!);
        }

        return result;
    }

    private static ValidationContext NewContext(string token, ValidationRules rules, ICallLog log, ParsedToken? seen) =>
        new() { Text = token, Rules = rules, Log = log, Now = rules.Clock.GetUtcNow(), Token = seen };

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

        var result = new TokenTestResult(found, context.ClaimsOrNone, Summarize(context))
        {
            Advice = context.Rules.Advise && context.Token is { } token ? TokenAdviser.Advise(token, context) : [],
        };
        EngineMetrics.Tested(result.Failure);
        return result;
    }

    /// <summary>A result with the user's own rule asked as well, for a caller whose rule must run on a thread of its own choice.</summary>
    public static TokenTestResult AskCondition(TokenTestResult result, Func<IReadOnlyDictionary<string, object?>, bool> condition) =>
        new([.. result.Checks, ConditionCheck.Run(condition, result.Source, result.Summary.IsAuthentic)], result.Source, result.Summary) { Advice = result.Advice };

    private static TokenSummary Summarize(ValidationContext context) => new()
    {
        ClaimNames = context.Rules.ClaimNames,
        TestedAt = context.Now,
        IsAuthentic = context.IsAuthentic,
        Realm = context.Rules.Realm,
        RequiredScopes = context.Rules.RequiredScopes,
    };
}
