using System;
using System.Collections.Generic;

namespace AuthModule.Discovery;

/// <summary>Whose metadata to get, and which hosts it may name besides its own.</summary>
internal sealed record MetadataQuery
{
    /// <summary>Without a slash at the end.</summary>
    public required string Authority { get; init; }

    /// <summary>The service as the user knows it.</summary>
    public required string Service { get; init; }

    /// <summary>The issuer where it differs from the authority; null compares with the authority.</summary>
    public string? Issuer { get; init; }

    /// <summary>Hosts that endpoints may have besides the authority's: a name, or <c>*.</c> and a domain.</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];
}
