using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Http;

/// <summary>Reads certificates of authorities from PEM (one or many) or DER files.</summary>
internal static class CertificateFile
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <exception cref="ConfigurationException">InvalidCertificate: no file, no certificate in it, or not readable.</exception>
    public static X509Certificate2Collection ReadAuthorities(string path)
    {
        var found = new X509Certificate2Collection();
        try
        {
            byte[] bytes = TextFile.ToUtf8(File.ReadAllBytes(path));
            string text = Encoding.ASCII.GetString(bytes);
            if (!text.Contains(Begin, StringComparison.Ordinal))
            {
                found.Add(Load(bytes));
                return found;
            }

            for (int start = text.IndexOf(Begin, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Begin, start, StringComparison.Ordinal))
            {
                start += Begin.Length;
                int end = text.IndexOf(End, start, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw new FormatException("A certificate in it is cut short.");
                }

                found.Add(Load(Convert.FromBase64String(text.Substring(start, end - start))));
            }

            return found;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or CryptographicException or FormatException)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidCertificate,
                $"The CA file '{path}' cannot be used: {cause.Message}",
                new ErrorDetails { Action = "Give a readable PEM or DER file with the authority's certificate.", Cause = cause });
        }
    }

    private static X509Certificate2 Load(byte[] bytes)
    {
#pragma warning disable SYSLIB0057 // The loader that replaces it is not in the frameworks that this is built for.
        return new X509Certificate2(bytes);
#pragma warning restore SYSLIB0057
    }
}
