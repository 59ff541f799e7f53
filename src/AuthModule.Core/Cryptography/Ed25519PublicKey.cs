using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace AuthModule.Cryptography;

/// <summary>A public key of Ed25519, unpacked once. Safe from many threads. Touching this class loads the library that does it.</summary>
internal sealed class Ed25519PublicKey
{
    private readonly Curve.PublicPoint point;

    private Ed25519PublicKey(Curve.PublicPoint point) => this.point = point;

    /// <summary>Null when it is no point of the curve, or one of the few with which a signature proves nothing (RFC 8032, section 5.1.7).</summary>
    public static Ed25519PublicKey? TryRead(byte[] publicKey) =>
        publicKey.Length == Ed25519.KeyLength && Curve.ValidatePublicKeyFullExport(publicKey, 0) is { } point ? new Ed25519PublicKey(point) : null;

    /// <param name="data">What was signed is the beginning of it.</param>
    /// <param name="length">How much of it.</param>
    /// <param name="signature">False for any that has not 64 bytes.</param>
    public bool Verifies(byte[] data, int length, byte[] signature) =>
        signature.Length == Ed25519.SignatureLength && length <= data.Length && Curve.Verify(signature, 0, point, data, 0, length);
}
