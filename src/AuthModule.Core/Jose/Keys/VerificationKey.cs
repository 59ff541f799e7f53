using System;
using System.Security.Cryptography;
using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>One public key (or shared secret) and what it may be used for.</summary>
internal sealed class VerificationKey
{
    public required KeyKind Kind { get; init; }

    /// <summary>What verifies with it.</summary>
    public required KeySignature Signatures { get; init; }

    public string? Id { get; init; }

    /// <summary>Of the certificate, base64url SHA-1 (RFC 7517, section 4.8); null when there is none.</summary>
    public string? CertificateSha1 { get; init; }

    /// <summary>The same with SHA-256 (section 4.9).</summary>
    public string? CertificateSha256 { get; init; }

    /// <summary>Null for keys without a curve.</summary>
    public string? Curve { get; init; }

    public required int Bits { get; init; }

    /// <summary>The only algorithm of this key; null when it does not say.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Its <c>use</c> and <c>key_ops</c> allow to verify signatures.</summary>
    public bool IsForSignatures { get; init; } = true;

    /// <summary>Everybody can compute its private half: it proves nothing.</summary>
    public bool IsBroken { get; init; }

    /// <summary>As reasons name it: <c>key 7f2c</c>, or <c>the key</c> when it has no id.</summary>
    public string Name => field ??= Id is null ? "the key" : "key " + DisplayText.Text(Id);

    public string Description => field ??= Kind switch
    {
        KeyKind.Rsa => "an RSA key",
        KeyKind.Ec => $"an EC key on {Curve}",
        KeyKind.EdwardsCurve => $"an {Curve} key",
        _ => "a shared secret",
    };

    /// <param name="algorithm">One that fits this key, see <see cref="KeyFit"/>.</param>
    /// <param name="data">What was signed is the beginning of it.</param>
    /// <param name="length">How much of it.</param>
    /// <param name="signature">As it stands in the token.</param>
    public bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature)
    {
        if (signature.Length == 0 || (algorithm.SignatureBytes != 0 && signature.Length != algorithm.SignatureBytes))
        {
            return false;
        }

        try
        {
            return Signatures.Verifies(algorithm, data, length, signature);
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException or NotSupportedException)
        {
            // A key that is no key (a point beside the curve), or a signature that the platform chokes on: nothing was proved.
            return false;
        }
    }
}
