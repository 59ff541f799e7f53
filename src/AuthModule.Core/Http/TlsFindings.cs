using System;
using System.Collections.Generic;

namespace AuthModule.Http;

/// <summary>What a server showed of itself in a TLS handshake. All of it is public.</summary>
internal sealed record TlsFindings
{
    /// <summary>Why there was no handshake; null when there was one.</summary>
    public (string Detail, string Action)? HandshakeFault { get; init; }

    /// <summary>As people write it: <c>TLS 1.3</c>; empty where the handshake ended at the certificate.</summary>
    public string Protocol { get; init; } = string.Empty;

    /// <summary>Null when the certificate is good: the same check as of every connection.</summary>
    public string? CertificateFault { get; init; }

    public string Issuer { get; init; } = string.Empty;

    /// <summary>The hosts that it is for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public DateTimeOffset NotBefore { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    public bool IsForAnotherHost { get; init; }

    public bool IsSelfSigned { get; init; }

    /// <summary>Its chain ends at an authority that is trusted, whatever else is wrong.</summary>
    public bool IsTrusted { get; init; }
}
