using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Errors;

namespace AuthModule.Cli.Arguments;

/// <summary>Reads a certificate that somebody else showed: without a private key.</summary>
internal static class ShownCertificateFile
{
    /// <param name="path">PEM or DER.</param>
    /// <exception cref="ConfigurationException">InvalidCertificate.</exception>
    public static X509Certificate2 Read(string path)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidCertificate,
                $"The certificate '{path}' cannot be used: {(cause is CryptographicException ? "it cannot be read as PEM or DER" : cause.Message)}.",
                new ErrorDetails { Cause = cause });
        }
    }
}
