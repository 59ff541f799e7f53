using System.Collections.Generic;

namespace AuthModule;

/// <summary>
/// What a description of a service comes to without the service: its faults, the requests that it would send, and what would
/// be taken from a recorded reply. Holds no secret.
/// </summary>
public sealed class ProviderCheck
{
    internal ProviderCheck(string path, string? name, IReadOnlyList<string> faults, IReadOnlyList<ProviderRequest> requests, ProviderReply? reply)
    {
        Path = path;
        Name = name;
        Faults = faults;
        Requests = requests;
        Reply = reply;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What <c>-Provider</c> will take; null where the file has no name that can be read.</summary>
    public string? Name { get; }

    /// <summary>True where the description would be registered.</summary>
    public bool IsValid => Faults.Count == 0;

    /// <summary>Everything that is wrong with it: line, field and fault of each. Empty, not null.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The requests that it would send, in the order of the file. Empty where there are faults.</summary>
    public IReadOnlyList<ProviderRequest> Requests { get; }

    /// <summary>What would be taken from the recorded reply; null where none was given, or the description has faults.</summary>
    public ProviderReply? Reply { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name ?? Path}: {(IsValid ? $"{Requests.Count} requests" : $"{Faults.Count} faults")}";
}

/// <summary>A request as a description would send it. Secret values are <c>***</c>, others that are not known yet <c>&lt;name&gt;</c>.</summary>
public sealed class ProviderRequest
{
    /// <summary>The grant or operation; behind it <c>.before</c>, <c>.answer</c>, <c>.push</c>, <c>.after</c>, or <c>.fallback</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The address, not encoded.</summary>
    public required string Url { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Null where there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Null where there is none; of a form the fields, not encoded.</summary>
    public string? Body { get; init; }

    /// <summary>Why it could not be put together; null where it could.</summary>
    public string? Fault { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Method} {Url}";
}

/// <summary>What a description takes from a recorded reply.</summary>
public sealed class ProviderReply
{
    /// <summary>True where the reply brings a token.</summary>
    public required bool HasToken { get; init; }

    /// <summary>The parts that were found, by the names of the description; secret ones as <c>***</c>.</summary>
    public required IReadOnlyDictionary<string, string> Taken { get; init; }

    /// <summary>The error id that the reply leads to (<see cref="AuthErrorId"/>); null where it brings a token.</summary>
    public string? Failure { get; init; }

    /// <summary>What a call would say; null where the reply brings a token.</summary>
    public string? Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => HasToken ? $"{Taken.Count} parts" : $"{Failure}: {Message}";
}
