using System.Collections.Generic;
using AuthModule.Requests;

namespace AuthModule.Guide;

/// <summary>A way to sign in as a guide offers it.</summary>
/// <param name="Label">What the person reads.</param>
/// <param name="Grant">The description's entry that it needs.</param>
/// <param name="AdvertisedAs">As servers list it in <c>grant_types_supported</c>; null where they do not.</param>
internal sealed record GuidedWay(string Label, string Grant, string? AdvertisedAs)
{
    /// <summary>Where its secret is; null where it has none.</summary>
    public string? SecretField { get; init; }

    /// <summary>A switch of the profile; null where what it holds says enough.</summary>
    public string? Flag { get; init; }

    /// <summary>A person signs in, and would have to again in the next process.</summary>
    public bool IsPersonal => Flag is not null;

    public static IReadOnlyList<GuidedWay> All { get; } =
    [
        new("A program, by the client's secret", GrantNames.ClientCredentials, GrantNames.ClientCredentials) { SecretField = "clientSecret" },
        new("A program, by the client's private key", GrantNames.ClientCredentials, GrantNames.ClientCredentials),
        new("A program, by the identity of its platform (Kubernetes, GitHub Actions, Azure Pipelines, a file)", GrantNames.Workload, GrantNames.ClientCredentials),
        new("A machine, by its cloud's managed identity", GrantNames.ManagedIdentity, null),
        new("A person, in the browser of this machine", GrantNames.AuthorizationCode, GrantNames.AuthorizationCode) { Flag = "interactive" },
        new("A person, in the browser of another device", GrantNames.DeviceCode, GrantNames.DeviceCode) { Flag = "deviceCode" },
        new("A person, by user name and password", GrantNames.Password, GrantNames.Password) { SecretField = "password" },
        new("An API key", GrantNames.ApiKey, null) { SecretField = "apiKey" },
    ];
}
