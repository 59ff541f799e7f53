using System.Collections.Generic;
using System.Linq;
using AuthModule.Profiles;

namespace AuthModule;

/// <summary>A profile of the user's file: values for a call's parameters under one name. Secrets are shown as where they are.</summary>
public sealed class AuthProfile
{
    private readonly ProfileDescription description;

    internal AuthProfile(ProfileDescription description) => this.description = description;

    /// <summary>What <c>-Profile</c> takes.</summary>
    public string Name => description.Name;

    /// <summary>What it is for; null where the file does not say.</summary>
    public string? Description => description.Description;

    /// <summary>The provider; null where the call, the environment or the default decides.</summary>
    public string? Provider => description.Provider;

    /// <summary>The service's address; null where it comes from elsewhere.</summary>
    public string? Authority => description.Authority;

    /// <summary>The client; null where it comes from elsewhere.</summary>
    public string? ClientId => description.ClientId;

    /// <summary>Who signs in; null where that is no person, or comes from elsewhere.</summary>
    public string? UserName => description.UserName;

    /// <summary>How it signs in, by what it holds; null where the provider decides.</summary>
    public string? Grant => description.Grant;

    /// <summary>Ways to sign in, of which the first that fits the place is taken; empty where there is no choice.</summary>
    public IReadOnlyList<string> Chain => [.. description.Chain.Select(entry => entry.Way.Name)];

    /// <summary>What is asked for.</summary>
    public IReadOnlyList<string> Scopes => description.Scopes;

    /// <summary>The provider's own parameters, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Parameters => [.. description.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}")];

    /// <summary>Where the secrets are, as <c>clientSecret=env:NAME</c>. Never a secret.</summary>
    public IReadOnlyList<string> Secrets =>
    [
        .. description.Secrets.Concat(description.Chain.SelectMany(static entry => entry.Profile.Secrets))
            .Select(static secret => $"{secret.Field}={secret.Reference.Name}")
            .Distinct(),
    ];

    /// <summary>Where tokens are kept; null is <c>memory</c>.</summary>
    public string? Store => description.Store;

    /// <summary>The file that it is in.</summary>
    public string Source => description.Source;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
