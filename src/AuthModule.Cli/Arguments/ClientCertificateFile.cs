using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Errors;

namespace AuthModule.Cli.Arguments;

/// <summary>Reads a client's certificate with its private key.</summary>
internal static class ClientCertificateFile
{
    /// <param name="path">PFX, or PEM.</param>
    /// <param name="keyPath">The private key (PEM); null when it is in the same file.</param>
    /// <param name="password">Of the PFX or of an encrypted key; null when there is none.</param>
    /// <exception cref="ConfigurationException">InvalidCertificate.</exception>
    public static X509Certificate2 Read(string path, string? keyPath, string? password)
    {
        try
        {
            X509Certificate2 certificate = IsPem(path)
                ? ReadPem(path, keyPath ?? path, password)
                : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw Invalid(path, "it holds no private key", null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Invalid(path, cause is CryptographicException ? "it cannot be read as PFX or PEM, or its password is another" : cause.Message, cause);
        }
    }

    private static bool IsPem(string path)
    {
        using var reader = new StreamReader(path);
        char[] start = new char[4096];
        return new string(start, 0, reader.ReadBlock(start)).Contains("-----BEGIN ", StringComparison.Ordinal);
    }

    private static X509Certificate2 ReadPem(string path, string keyPath, string? password)
    {
        X509Certificate2 certificate = password is null
            ? X509Certificate2.CreateFromPemFile(path, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows' TLS takes no key that exists in this process only.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }

    private static AuthException Invalid(string path, string fault, Exception? cause) => AuthError.Create(
        AuthErrorId.InvalidCertificate,
        $"The client certificate '{path}' cannot be used: {fault}.",
        new ErrorDetails { Cause = cause });
}
