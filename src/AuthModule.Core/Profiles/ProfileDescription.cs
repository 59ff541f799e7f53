using System;
using System.Collections.Generic;
using AuthModule.Profiles.Chain;
using AuthModule.Requests;

namespace AuthModule.Profiles;

/// <summary>One profile as its file has it: values for a call's parameters, and where its secrets are. Null is not said.</summary>
internal sealed record ProfileDescription
{
    public required string Name { get; init; }

    /// <summary>The file that it is in.</summary>
    public required string Source { get; init; }

    public string? Description { get; init; }

    public string? Provider { get; init; }

    public string? Authority { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? ClientId { get; init; }

    /// <summary>A whole path.</summary>
    public string? ClientKey { get; init; }

    public string? ClientAuthentication { get; init; }

    public string? UserName { get; init; }

    public string? TokenDuration { get; init; }

    /// <summary>As <c>-AssertionSource</c> takes it, paths whole.</summary>
    public string? AssertionSource { get; init; }

    public string? RedirectUri { get; init; }

    public string? LoginHint { get; init; }

    public string? Prompt { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public string? Store { get; init; }

    public bool UseDpop { get; init; }

    public bool IsNonInteractive { get; init; }

    public Uri? Proxy { get; init; }

    /// <summary>A whole path.</summary>
    public string? CaCertificate { get; init; }

    public IReadOnlyList<ProfileSecret> Secrets { get; init; } = [];

    /// <summary>How it signs in, by what it holds; null leaves it to the provider.</summary>
    public string? Grant { get; init; }

    /// <summary>Ways to sign in, of which the first that fits the place is taken; empty where there is no choice.</summary>
    public IReadOnlyList<ChainEntry> Chain { get; init; } = [];

    /// <summary>Whether it says by itself which service it means.</summary>
    public bool NamesService => Provider is not null || Authority is not null || TokenEndpoint is not null;
}
