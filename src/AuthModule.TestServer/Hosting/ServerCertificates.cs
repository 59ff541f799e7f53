using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Text;

namespace AuthModule.TestServer.Hosting;

/// <summary>A certificate authority that lives as long as the server: signs its certificate and those of clients.</summary>
internal sealed class ServerCertificates : IDisposable
{
    private readonly X509Certificate2 authority;

    public ServerCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authmodule embedded authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>Give it to clients as the authority to trust.</summary>
    public string AuthorityPem => authority.ExportCertificatePem();

    public X509Certificate2 CreateServer(string host, TimeSpan? validFor = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (!IPAddress.TryParse(host, out _) && host != "localhost")
        {
            names.AddDnsName(host);
        }

        return Create("localhost", "1.3.6.1.5.5.7.3.1", names, validFor ?? TimeSpan.FromDays(29));
    }

    /// <summary>A certificate with its private key, for a client that authenticates by TLS.</summary>
    public X509Certificate2 CreateClient(string name) =>
        Create(name, "1.3.6.1.5.5.7.3.2", null, TimeSpan.FromDays(29));

    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public void Dispose() => authority.Dispose();

    private X509Certificate2 Create(string name, string usage, SubjectAlternativeNameBuilder? names, TimeSpan validFor)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using X509Certificate2 signed = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-12), DateTimeOffset.UtcNow + validFor, serial);
        using X509Certificate2 paired = signed.CopyWithPrivateKey(key);

        // Windows cannot use a key in TLS that was never written anywhere: the detour makes it one.
        string password = RandomText.Base64Url(16);
        return X509CertificateLoader.LoadPkcs12(paired.Export(X509ContentType.Pkcs12, password), password, X509KeyStorageFlags.Exportable);
    }
}
