using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Cryptography;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Jose.Encryption;

/// <summary>ECDH-ES with the Concat KDF (RFC 7518, section 4.6).</summary>
internal static class KeyAgreement
{
    /// <param name="key">Ours.</param>
    /// <param name="header">Has the sender's key of this one token.</param>
    /// <param name="algorithm">What the derived key is for.</param>
    /// <param name="bytes">Its length.</param>
    /// <returns>Null when the sender's key is none, or of another curve.</returns>
    public static byte[]? Derive(DecryptionKey key, Dictionary<string, object?> header, string algorithm, int bytes)
    {
        if (!header.TryGetValue("epk", out object? member) || member is not Dictionary<string, object?> epk
            || ClaimText.One(epk, "crv") != key.Curve || Bytes(epk, "x") is not { } x || Secret(key, epk, x) is not { } secret)
        {
            return null;
        }

        byte[] info =
        [
            .. Prefixed(Encoding.ASCII.GetBytes(algorithm)),
            .. Prefixed(Bytes(header, "apu") ?? []),
            .. Prefixed(Bytes(header, "apv") ?? []),
            .. ConcatKdf.BigEndian(bytes * 8),
        ];
        return ConcatKdf.Derive(secret, info, bytes);
    }

    // RFC 8037, section 3.2, for curves whose points have one coordinate.
    private static byte[]? Secret(DecryptionKey key, Dictionary<string, object?> epk, byte[] x)
    {
        if (key.Montgomery is { } own)
        {
            return ClaimText.One(epk, "kty") == "OKP" ? X25519.Agree(own, x) : null;
        }

        return ClaimText.One(epk, "kty") == "EC" && Bytes(epk, "y") is { } y ? key.Agreement?.Invoke(x, y) ?? Agree(key, x, y) : null;
    }

    // Both refuse a point beside the curve, which would give away the private key bit by bit.
    private static byte[] Agree(DecryptionKey key, byte[] x, byte[] y)
    {
#if NETSTANDARD2_0
        return NistCurves.Agree(key.Curve!, key.Ec!.Value.D!, x, y);
#else
        using ECDiffieHellman theirs = ECDiffieHellman.Create(new ECParameters { Curve = key.Ec!.Value.Curve, Q = new ECPoint { X = x, Y = y } });
        using ECDiffieHellman ours = ECDiffieHellman.Create(key.Ec.Value);
        return ours.DeriveRawSecretAgreement(theirs.PublicKey);
#endif
    }

    private static byte[] Prefixed(byte[] data) => [.. ConcatKdf.BigEndian(data.Length), .. data];

    private static byte[]? Bytes(Dictionary<string, object?> members, string name) =>
        ClaimText.One(members, name) is { } text && Base64Url.TryDecode(text, out byte[] bytes) ? bytes : null;
}
