using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Errors;
using AuthModule.Jose.Keys;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>A private key and what the other side knows it by.</summary>
internal sealed class ClientKey(SecurityKey material)
{
    private static readonly CryptoProviderFactory Factory = new() { CacheSignatureProviders = false };

    /// <summary>What the server has it registered under (<c>kid</c>); null when the file does not say.</summary>
    public string? Id { get; init; }

    /// <summary>The only algorithm of this key; null when it does not say.</summary>
    public string? Algorithm { get; init; }

    public string? CertificateSha1 { get; init; }

    public string? CertificateSha256 { get; init; }

    /// <summary>The texts beside the key in the file of a service, by their dotted path; the key itself and its passphrase are not among them.</summary>
    public IReadOnlyDictionary<string, string> Beside { get; init; } = new Dictionary<string, string>();

    /// <summary>Base64 of SHA-256 over the public half (SubjectPublicKeyInfo); null for a kind of key that has none.</summary>
    public string? Fingerprint => PublicKeyInfo.Of(material) is { } info ? Convert.ToBase64String(SHA256.HashData(info)) : null;

    /// <summary>The same key, known by what its file says beside it.</summary>
    public ClientKey With(string? id, IReadOnlyDictionary<string, string> beside) => new(material)
    {
        Id = id ?? Id,
        Algorithm = Algorithm,
        CertificateSha1 = CertificateSha1,
        CertificateSha256 = CertificateSha256,
        Beside = beside,
    };

    /// <summary>Whether it signs with an algorithm.</summary>
    public bool CanSignWith(string algorithm) => Usable.Contains(algorithm);

    private string? Curve => material switch
    {
        JsonWebKey jwk => jwk.Crv,
        ECDsaSecurityKey ec => ec.KeySize switch { 256 => "P-256", 384 => "P-384", _ => "P-521" },
        _ => null,
    };

    private byte[]? Modulus => material switch
    {
        RsaSecurityKey { Rsa: { } rsa } => rsa.ExportParameters(includePrivateParameters: false).Modulus,
        RsaSecurityKey key => key.Parameters.Modulus,
        JsonWebKey { N: { Length: > 0 } number } => Base64Url.TryDecode(number, out byte[] modulus) ? modulus : null,
        _ => null,
    };

    private IReadOnlyList<string> Usable => Curve switch
    {
        null => ["RS256", "PS256", "RS384", "PS384", "RS512", "PS512"],
        "P-256" => ["ES256"],
        "P-384" => ["ES384"],
        _ => ["ES512"],
    };

    /// <exception cref="ConfigurationException">InvalidCertificate: no private key in it, or none that signs.</exception>
    public static ClientKey Of(X509Certificate2 certificate)
    {
        SecurityKey? material = null;
        try
        {
            material = certificate.GetRSAPrivateKey() is { } rsa ? new RsaSecurityKey(rsa)
                : certificate.GetECDsaPrivateKey() is { } ec ? new ECDsaSecurityKey(ec)
                : null;
        }
        catch (CryptographicException cause)
        {
            throw NoKey(certificate, $"its private key cannot be used: {cause.Message}", cause);
        }

        return new ClientKey(material ?? throw NoKey(certificate, "it comes without a private key that can sign", null))
        {
            CertificateSha1 = CertificateThumbprint.Sha1(certificate.RawData),
            CertificateSha256 = CertificateThumbprint.Sha256(certificate.RawData),
        };
    }

    /// <summary>The algorithm to sign with: the caller's, the key's own, or the first usable one that the server takes.</summary>
    /// <param name="wanted">Null leaves it to the key and the server.</param>
    /// <param name="offered">What the server says it takes; null when it does not say.</param>
    /// <exception cref="ConfigurationException">InvalidKey: the key is none for what is wanted or offered.</exception>
    public string Choose(string? wanted, IReadOnlyList<string>? offered)
    {
        if (Modulus is { } modulus && RocaFingerprint.Matches(modulus))
        {
            throw AuthError.Create(
                AuthErrorId.InvalidKey,
                "The client's key is no key: its private half can be computed from the public one (CVE-2017-15361).",
                "Make a new key, register its public half at the service, and update the firmware or library that made this one.");
        }

        if ((wanted ?? Algorithm) is { } named)
        {
            return Usable.Contains(named)
                ? named
                : throw AuthError.Create(AuthErrorId.InvalidKey, $"The client's key cannot sign with {named}; it can with {string.Join(", ", Usable)}.");
        }

        return offered is null
            ? Usable[0]
            : Usable.FirstOrDefault(offered.Contains) ?? throw AuthError.Create(
                AuthErrorId.InvalidKey,
                $"The client's key signs with {string.Join(", ", Usable)}, but the server takes {string.Join(", ", offered)} only.");
    }

    /// <exception cref="ConfigurationException">InvalidKey.</exception>
    public byte[] Sign(string algorithm, byte[] data)
    {
        try
        {
            SignatureProvider provider = Factory.CreateForSigning(material, algorithm);
            try
            {
                return provider.Sign(data);
            }
            finally
            {
                Factory.ReleaseSignatureProvider(provider);
            }
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException or NotSupportedException or InvalidOperationException or SecurityTokenException)
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, $"The client's key does not sign with {algorithm}: {FirstLine(cause.Message)}", new ErrorDetails { Cause = cause });
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    private static AuthException NoKey(X509Certificate2 certificate, string fault, Exception? cause) => AuthError.Create(
        AuthErrorId.InvalidCertificate,
        $"The client certificate '{certificate.Subject}' cannot prove the client: {fault}.",
        new ErrorDetails { Cause = cause });
}
