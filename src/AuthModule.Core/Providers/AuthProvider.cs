using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Providers;

namespace AuthModule;

/// <summary>A service that the module can sign in to, as described by a JSON file.</summary>
public sealed class AuthProvider
{
    internal AuthProvider(ProviderDescription description, bool isBuiltIn)
    {
        Description = description;
        IsBuiltIn = isBuiltIn;
    }

    /// <summary>What <c>-Provider</c> takes.</summary>
    public string Name => Description.Name;

    /// <summary>A name for people; null when the description has none.</summary>
    public string? Title => VisibleText.OfOptional(Description.Title);

    /// <summary>True for those that come with the module; a registered one of the same name takes its place.</summary>
    public bool IsBuiltIn { get; }

    /// <summary>The ways to get a token, by grant name; the first is taken where a call does not say.</summary>
    public IReadOnlyList<string> Grants => [.. Description.Grants.Select(grant => grant.Key)];

    /// <summary>The names that <c>-Parameter</c> knows; required ones are marked by a <c>*</c>.</summary>
    public IReadOnlyList<string> Parameters => [.. Description.Parameters.Select(parameter => VisibleText.Of(parameter.IsRequired && parameter.Default is null ? parameter.Name + "*" : parameter.Name))];

    /// <summary>Whether endpoints are found by discovery.</summary>
    public bool UsesDiscovery => Description.UsesDiscovery;

    /// <summary>The file it was registered from, or <c>built-in</c>.</summary>
    public string Source => Description.Source;

    /// <summary>Where the service documents this; null when the description does not say.</summary>
    public string? Documentation => VisibleText.OfOptional(Description.Documentation);

    internal ProviderDescription Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
