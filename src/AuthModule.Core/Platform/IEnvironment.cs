using System;

namespace AuthModule.Platform;

/// <summary>Environment variables, so that tests need not change those of their process.</summary>
internal interface IEnvironment
{
    /// <summary>Null when not set; an empty variable counts as not set.</summary>
    string? Get(string name);
}

internal sealed class ProcessEnvironment : IEnvironment
{
    public static ProcessEnvironment Instance { get; } = new();

    public string? Get(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
