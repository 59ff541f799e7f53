using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Validation;
using AuthModule.Validation.Endpoint;

namespace AuthModule;

/// <summary>
/// What testing one token found. Everything that describes the token (<see cref="Claims"/>, <see cref="Subject"/>, ...) is
/// what the token says; it can be trusted only when <see cref="IsValid"/> is true. Characters in it that would steer a terminal
/// are escaped as in JSON (<c>\u001b</c>); rules and conditions see what the token says.
/// </summary>
public sealed class TokenTestResult
{
    private readonly IReadOnlyDictionary<string, object?> source;

    // Worked out when somebody looks: most callers look at the verdict only.
    private IReadOnlyDictionary<string, object?>? claims;
    private IReadOnlyList<string>? scopes;
    private IReadOnlyList<string>? groups;

    internal TokenTestResult(IReadOnlyList<TokenCheck> checks, IReadOnlyDictionary<string, object?> source, TokenSummary summary)
    {
        this.source = source;
        Checks = checks;
        IsValid = true;
        foreach (TokenCheck check in checks)
        {
            IsValid &= check.Passed || !check.IsNeeded;
            Failure ??= check.Id;
        }

        StatusCode = EndpointAnswer.StatusCode(IsValid, checks);
        WwwAuthenticate = EndpointAnswer.Challenge(StatusCode, summary.NothingSent ? null : Failure, summary.Realm, summary.RequiredScopes);
        Summary = summary;
    }

    /// <summary>Every check passed, but for those that nobody said what to compare with: see <see cref="TokenCheck.WasRun"/>.</summary>
    public bool IsValid { get; }

    /// <summary>The error id (<see cref="AuthErrorId"/>) of the first failed check; null when the token is valid.</summary>
    public string? Failure { get; }

    /// <summary>The first check that did not pass; null when the token is valid.</summary>
    internal TokenCheck? FailedCheck => IsValid ? null : Checks.First(static check => !check.Passed && check.WasRun);

    /// <summary>One per check, in their order. A failed one does not hide the others.</summary>
    public IReadOnlyList<TokenCheck> Checks { get; }

    /// <summary>The token's claims as plain values (string, long, double, bool, null, arrays, dictionaries; decimal
    /// for whole numbers that no long holds); empty when it has none to read.</summary>
    public IReadOnlyDictionary<string, object?> Claims => claims ??= VisibleValues.Of(source);

    /// <summary>The <c>sub</c> claim; null when there is none.</summary>
    public string? Subject => ClaimText.One(source, "sub") is { } subject ? VisibleText.OfValue(subject) : null;

    /// <summary>The scopes of the token; empty when it names none.</summary>
    public IReadOnlyList<string> Scopes => scopes ??= VisibleText.OfValues(TokenClaims.Scopes(source, Summary.ClaimNames));

    /// <summary>The groups of the token, from the claim that the provider has for them; empty when it names none.</summary>
    public IReadOnlyList<string> Groups => groups ??= VisibleText.OfValues(TokenClaims.Groups(source, Summary.ClaimNames));

    /// <summary>From <c>exp</c>; null when the token does not say.</summary>
    public DateTimeOffset? ExpiresOn => NumericDate.ReadOptional(source, "exp");

    /// <summary>Time left when the token was tested, below zero when it had expired; null when the token does not say.</summary>
    public TimeSpan? ExpiresIn => ExpiresOn - Summary.TestedAt;

    /// <summary>What an endpoint should answer (RFC 6750, section 3.1): 200, 401 (no usable token) or 403 (a good token that may not do this).</summary>
    public int StatusCode { get; }

    /// <summary>The <c>WWW-Authenticate</c> header of that answer (RFC 6750, section 3); null with 200.</summary>
    public string? WwwAuthenticate { get; }

    /// <summary>What the best practices advise against in this token; empty when nothing, or when it was not asked for.</summary>
    public IReadOnlyList<TokenAdvice> Advice { get; internal init; } = [];

    internal TokenSummary Summary { get; }

    internal IReadOnlyDictionary<string, object?> Source => source;

    /// <summary>The verdict in one word: <c>valid</c>, or the id of the first failure.</summary>
    public override string ToString() => IsValid ? "valid" : Failure ?? "not tested";
}
