using System.Security.Cryptography;
using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>Thumbprints by which a token's header names a certificate (RFC 7515, sections 4.1.7 and 4.1.8).</summary>
internal static class CertificateThumbprint
{
    public static string Sha1(byte[] certificate)
    {
#pragma warning disable CA5350 // A name, not a protection: the signature is verified with the key itself.
        using SHA1 hash = SHA1.Create();
#pragma warning restore CA5350
        return Base64Url.Encode(hash.ComputeHash(certificate));
    }

    public static string Sha256(byte[] certificate) => Base64Url.Encode(SHA256.HashData(certificate));
}
