using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuthModule.Errors;
using AuthModule.Jose.Keys;
using AuthModule.Secrets;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>Reads a client's private key from a file: PEM (PKCS#8, also encrypted, PKCS#1, SEC 1), JWK, PFX, or JSON with a PEM in it as services hand it out.</summary>
internal static class KeyFile
{
    private const string Advice = "Give a file with one private key: PEM, JWK or PFX. The password of an encrypted one goes into -ClientKeyPassword, on the command line into AUTHMODULE_CLIENT_KEY_PASSWORD.";

    /// <param name="path">Of the file.</param>
    /// <param name="password">Of an encrypted key or a PFX; null where it has none. It is not looked at for other keys.</param>
    /// <exception cref="ConfigurationException">InvalidKey; nothing of the password is in its text.</exception>
    public static ClientKey Read(string path, Secret? password = null)
    {
        try
        {
            return Parse(TextFile.ToUtf8(KeyBytes.Read(path)), password);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or FormatException or CryptographicException)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidKey,
                $"The key file '{path}' cannot be used. {cause.Message}",
                new ErrorDetails { Action = Advice, Cause = cause });
        }
    }

    private static ClientKey Parse(byte[] bytes, Secret? password)
    {
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('{') && ServiceKeyFile.TryFind(text) is { } found)
        {
            return ReadPem(found.Pem, found.Passphrase ?? password).With(found.Id, found.Beside);
        }

        if (text.StartsWith('{'))
        {
            return PrivateJwk.Read(Encoding.UTF8.GetBytes(text));
        }

        if (text.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            return ReadPem(text, password);
        }

        return KeyBytes.MayBePfx(bytes)
            ? KeyBytes.ReadPfx(bytes, password, X509KeyStorageFlags.DefaultKeySet, ClientKey.Of)
            : throw new FormatException("It is neither PEM nor JWK nor PFX.");
    }

    private static ClientKey ReadPem(string text, Secret? password)
    {
        SecurityKey? material = null;
        byte[]? certificate = null;
        foreach ((string label, byte[] der) in PemText.Blocks(text))
        {
            switch (label)
            {
                case "PRIVATE KEY":
                    material ??= PrivateKeyDer.ReadPkcs8(der);
                    break;
                case "RSA PRIVATE KEY":
                    material ??= PrivateKeyDer.ReadPkcs1(der);
                    break;
                case "EC PRIVATE KEY":
                    material ??= PrivateKeyDer.ReadSec1(der);
                    break;
                case "CERTIFICATE":
                    certificate ??= der;
                    break;
                case "ENCRYPTED PRIVATE KEY":
                    material ??= PrivateKeyDer.ReadPkcs8(EncryptedPkcs8.Decrypt(der, password));
                    break;
                case "OPENSSH PRIVATE KEY":
                    throw new FormatException("It is a key of OpenSSH's own format: convert a copy of it with 'ssh-keygen -p -m PKCS8'.");
            }
        }

        return new ClientKey(material ?? throw new FormatException("There is no private key in it."))
        {
            CertificateSha1 = certificate is null ? null : CertificateThumbprint.Sha1(certificate),
            CertificateSha256 = certificate is null ? null : CertificateThumbprint.Sha256(certificate),
        };
    }
}
