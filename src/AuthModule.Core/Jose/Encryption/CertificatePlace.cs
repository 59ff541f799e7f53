using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace AuthModule.Jose.Encryption;

/// <summary>A certificate in a store of this machine, written as PowerShell's drive has it: <c>Cert:\CurrentUser\My\THUMBPRINT</c>.</summary>
internal sealed class CertificatePlace
{
    private const string Drive = "cert:";

    private readonly StoreLocation location;
    private readonly string store;
    private readonly string thumbprint;

    private CertificatePlace(StoreLocation location, string store, string thumbprint)
    {
        this.location = location;
        this.store = store;
        this.thumbprint = thumbprint;
    }

    /// <summary>Null for a path that is none of a certificate store.</summary>
    /// <exception cref="FormatException">It begins like one and is none.</exception>
    public static CertificatePlace? TryRead(string path)
    {
        if (!path.StartsWith(Drive, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] parts = path.Substring(Drive.Length).Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3 && Enum.TryParse(parts[0], ignoreCase: true, out StoreLocation location)
            ? new CertificatePlace(location, parts[1], parts[2])
            : throw new FormatException("A certificate is named by location, store and thumbprint.");
    }

    /// <exception cref="FormatException">There is none of that thumbprint.</exception>
    public X509Certificate2 Find()
    {
        using var opened = new X509Store(store, location);
        opened.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        return opened.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).Cast<X509Certificate2>().FirstOrDefault()
            ?? throw new FormatException("There is no such certificate in that store.");
    }
}
