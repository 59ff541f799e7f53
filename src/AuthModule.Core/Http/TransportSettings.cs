using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace AuthModule.Http;

/// <summary>How to reach a service. Settings that are equal share connections.</summary>
internal sealed record TransportSettings
{
    public static TransportSettings Default { get; } = new();

    /// <summary>For a whole call, from the connection to the last byte, repeats included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request may be sent again after the first time.</summary>
    public int MaximumRetryCount { get; init; } = 2;

    /// <summary>Null uses the system's proxy. Addresses of this machine and its link bypass any but a proxy of this machine that is given here.</summary>
    public Uri? Proxy { get; init; }

    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>A PEM or DER file with the only authorities to trust; null trusts the system's.</summary>
    public string? CaCertificate { get; init; }

    public X509Certificate2? ClientCertificate { get; init; }

    public bool SkipCertificateCheck { get; init; }

    public bool AllowInsecureHttp { get; init; }

    /// <summary>Cleartext to link-local addresses, for services that are described as being there.</summary>
    public bool AllowLinkLocalHttp { get; init; }
}
