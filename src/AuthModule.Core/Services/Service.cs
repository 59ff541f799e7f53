using System.Collections.Generic;
using AuthModule.Http;
using AuthModule.Providers;

namespace AuthModule.Services;

/// <summary>One service as it is spoken to: a description, an address, its parameters, and how to reach it.</summary>
internal sealed record Service
{
    public required ProviderDescription Description { get; init; }

    /// <summary>As <see cref="Requests.AddressReader"/> writes it, with what the description appends.</summary>
    public required string Authority { get; init; }

    /// <summary>What errors and tables call it.</summary>
    public string DisplayName => Authority;

    /// <summary>The issuer that the description names; null is the authority.</summary>
    public string? Issuer { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> ExtraFields { get; init; } = [];

    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    public string? TokenEndpoint { get; init; }

    public required TransportSettings Transport { get; init; }
}
