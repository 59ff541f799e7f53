using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.TestKit.Files;

namespace AuthModule.TestKit.Certificates;

/// <summary>An authority of a test's own, and server certificates of every kind.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 authority;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
        AuthorityFile = new TempFile(authority.ExportCertificatePem());
    }

    public TempFile AuthorityFile { get; }

    /// <summary>For 127.0.0.1 or for another host; its dates are counted from now in days.</summary>
    public X509Certificate2 Server(string? host = null, double from = -1, double until = 90, bool isSelfSigned = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(isSelfSigned ? "CN=self" : "CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset begin = DateTimeOffset.UtcNow.AddDays(from);
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(until);
        using X509Certificate2 certificate = isSelfSigned
            ? request.CreateSelfSigned(begin, end)
            : Sign(request, begin, end, key);

        // Windows cannot use a key in TLS that was never written anywhere.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public void Dispose()
    {
        authority.Dispose();
        AuthorityFile.Dispose();
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset begin, DateTimeOffset end, ECDsa key)
    {
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using X509Certificate2 signed = request.Create(authority, begin, end, serial);
        return signed.CopyWithPrivateKey(key);
    }
}
