using AuthModule.Errors;

namespace AuthModule;

/// <summary>One step of a service's diagnosis. Holds no secret: a report of these can be pasted into a ticket.</summary>
public sealed class ServiceCheck
{
    private ServiceCheck(string name, bool? passed, string? id, string detail, string? action)
    {
        Name = name;
        Passed = passed;
        Id = id;
        Detail = VisibleText.Of(detail);
        RecommendedAction = VisibleText.OfOptional(action);
    }

    /// <summary>The service that was looked at, as its address; a store's address for what looks at a store; null where nothing names one.</summary>
    public string? Service { get; internal set; }

    /// <summary>The profile that was looked at; null where the call named none.</summary>
    public string? Profile { get; internal set; }

    /// <summary>The step's name; it never changes.</summary>
    public string Name { get; }

    /// <summary>True: nothing to object to. False: this is a fault. Null: the step did not run; <see cref="Detail"/> says why.</summary>
    public bool? Passed { get; }

    /// <summary>What was found, or why nothing was looked for.</summary>
    public string Detail { get; }

    /// <summary>What to do next; null where there is nothing to do. A step that passed can have advice too.</summary>
    public string? RecommendedAction { get; }

    /// <summary>The error id (<see cref="AuthErrorId"/>) that a call to the service would fail with; null where the step did not fail.</summary>
    public string? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(Passed switch { true => "ok", false => "FAIL", _ => "not run" })}, {Detail}";

    internal static ServiceCheck Ok(string name, string detail, string? advice = null) => new(name, true, null, detail, advice);

    internal static ServiceCheck Fault(string name, string id, string detail, string? action = null) =>
        new(name, false, id, detail, action ?? AuthModule.Errors.ErrorCatalog.Advice(id));

    internal static ServiceCheck Fault(string name, AuthException failure) => new(name, false, failure.Code, failure.Message, failure.RecommendedAction);

    internal static ServiceCheck NotRun(string name, string why, string? advice = null) => new(name, null, null, why, advice);
}
