using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Errors;

namespace AuthModule.Stores.Redis;

/// <summary>Reads the certificate that this client shows to a Redis.</summary>
internal static class RedisCertificate
{
    /// <exception cref="ConfigurationException">InvalidCertificate.</exception>
    public static X509Certificate2? Read(RedisAddress address)
    {
        if (address.Certificate is not { } path)
        {
            return null;
        }

        try
        {
            X509Certificate2 certificate = File.ReadAllText(path).Contains("-----BEGIN ", StringComparison.Ordinal)
                ? ReadPem(path, address.CertificateKey ?? path)
                : ReadPfx(File.ReadAllBytes(path));
            return certificate.HasPrivateKey ? certificate : throw new CryptographicException("it holds no private key");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidCertificate,
                $"The client certificate '{path}' of store {address.Name} cannot be used: {cause.Message}",
                new ErrorDetails { Action = "Let cert name a PEM file and key the PEM file of its private key without a password, or cert a PFX without a password.", Cause = cause });
        }
    }

#if NETSTANDARD2_0
    private static X509Certificate2 ReadPem(string path, string keyPath) =>
        throw new NotSupportedException($"Windows PowerShell reads no PEM for TLS ({path}, {keyPath}); give a PFX.");

    private static X509Certificate2 ReadPfx(byte[] bytes) => new(bytes);
#else
    private static X509Certificate2 ReadPem(string path, string keyPath)
    {
        var certificate = X509Certificate2.CreateFromPemFile(path, keyPath);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows' TLS takes no key that exists in this process only.
        using (certificate)
        {
            return ReadPfx(certificate.Export(X509ContentType.Pkcs12));
        }
    }

    private static X509Certificate2 ReadPfx(byte[] bytes)
    {
#pragma warning disable SYSLIB0057 // The loader that replaces it is not in the frameworks that this is built for.
        return new X509Certificate2(bytes);
#pragma warning restore SYSLIB0057
    }
#endif
}
