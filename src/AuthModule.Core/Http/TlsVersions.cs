using System;
using System.Security.Authentication;

namespace AuthModule.Http;

/// <summary>TLS 1.2 and later, stated: the defaults of some systems let older ones through.</summary>
internal static class TlsVersions
{
    // TLS 1.3, which netstandard2.0 has no name for and .NET Framework before 4.8 does not take.
    private const int Tls13 = 12288;

    public static SslProtocols Allowed { get; } =
        Enum.IsDefined(typeof(SslProtocols), Tls13) ? SslProtocols.Tls12 | (SslProtocols)Tls13 : SslProtocols.Tls12;
}
