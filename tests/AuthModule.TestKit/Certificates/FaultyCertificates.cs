using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthModule.TestKit.Certificates;

/// <summary>Certificates of an authority that exists for this run only, good and bad.</summary>
internal static class FaultyCertificates
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly X509Certificate2 Authority = NewAuthority("CN=AuthModule test authority");
    private static readonly Lazy<X509Certificate2> GoodOne = new(() => NewServer(Authority, "127.0.0.1", Now.AddDays(-1), Now.AddDays(2)));
    private static readonly Lazy<X509Certificate2> ExpiredOne = new(() => NewServer(Authority, "127.0.0.1", Now.AddDays(-20), Now.AddDays(-10)));
    private static readonly Lazy<X509Certificate2> EarlyOne = new(() => NewServer(Authority, "127.0.0.1", Now.AddDays(10), Now.AddDays(20)));
    private static readonly Lazy<X509Certificate2> OtherHostOne = new(() => NewServer(Authority, "10.9.8.7", Now.AddDays(-1), Now.AddDays(2)));
    private static readonly Lazy<X509Certificate2> StrangerOne = new(() => NewServer(NewAuthority("CN=Stranger"), "127.0.0.1", Now.AddDays(-1), Now.AddDays(2)));
    private static readonly Lazy<string> PathOfAuthority = new(WriteAuthority);

    public static X509Certificate2 Good => GoodOne.Value;

    public static X509Certificate2 Expired => ExpiredOne.Value;

    public static X509Certificate2 NotYetValid => EarlyOne.Value;

    public static X509Certificate2 OfAnotherHost => OtherHostOne.Value;

    public static X509Certificate2 OfAStranger => StrangerOne.Value;

    /// <summary>The authority as a PEM file.</summary>
    public static string AuthorityFile => PathOfAuthority.Value;

    private static X509Certificate2 NewAuthority(string name)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    private static X509Certificate2 NewServer(X509Certificate2 authority, string address, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fault server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using X509Certificate2 signed = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);

        // Windows takes a key for TLS only from a file's form.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private static string WriteAuthority()
    {
        string path = Path.Combine(Path.GetTempPath(), $"authmodule-test-authority-{Environment.ProcessId}.pem");
        File.WriteAllText(path, Authority.ExportCertificatePem());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    }
}
