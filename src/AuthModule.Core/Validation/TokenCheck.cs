using System;
using AuthModule.Errors;

namespace AuthModule;

/// <summary>One check of a token and what came of it.</summary>
public sealed class TokenCheck
{
    private readonly object reason;

    private TokenCheck(string name, bool passed, bool wasRun, string? id, object reason, bool isNeeded = true)
    {
        Name = name;
        Passed = passed;
        WasRun = wasRun;
        Id = id;
        this.reason = reason;
        IsNeeded = isNeeded;
    }

    /// <summary>What was checked: <c>Shape</c>, <c>Algorithm</c>, <c>Signature</c>, <c>Issuer</c>, ...</summary>
    public string Name { get; }

    /// <summary>True only when the check was run and found nothing wrong.</summary>
    public bool Passed { get; }

    /// <summary>
    /// False when an earlier failure left nothing to check, or when nobody said what to compare with; such a check has not passed
    /// either.
    /// </summary>
    public bool WasRun { get; }

    /// <summary>False where the token can pass without this check.</summary>
    internal bool IsNeeded { get; }

    /// <summary>The error id (<see cref="AuthErrorId"/>) of a check that failed; null when it passed or was not run.</summary>
    public string? Id { get; }

    /// <summary>What was found, in a few words. Holds no secret and not the token.</summary>
    public string Reason => VisibleText.Of(reason as string ?? FormattableString.Invariant((FormattableString)reason));

    internal static TokenCheck Ok(string name, string reason) => new(name, passed: true, wasRun: true, null, reason);

    /// <summary>The same; the reason becomes a text when somebody reads it, which for a good token is hardly ever.</summary>
    internal static TokenCheck OkLater(string name, FormattableString reason) => new(name, passed: true, wasRun: true, null, reason);

    internal static TokenCheck Failed(string name, string id, string reason) => new(name, passed: false, wasRun: true, id, reason);

    /// <summary>Nobody said what to compare with: the token can pass all the same, and the reason says what to add.</summary>
    internal static TokenCheck LeftOut(string name, string why) => new(name, passed: false, wasRun: false, null, "not run: " + why, isNeeded: false);

    internal static TokenCheck NotRun(string name, string why) => new(name, passed: false, wasRun: false, null, "not run: " + why);

    /// <summary>One line, as in a list of checks.</summary>
    public override string ToString() => $"{Name} {(Passed ? "ok" : WasRun ? "FAIL" : "-")} {Reason}";
}
