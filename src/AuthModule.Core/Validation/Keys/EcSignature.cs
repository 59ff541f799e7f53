using System.Security.Cryptography;

namespace AuthModule.Validation.Keys;

/// <summary>ECDSA (RFC 7518, section 3.4).</summary>
internal sealed class EcSignature(ECParameters key) : KeySignature
{
    // Importing refuses a point beside the curve.
    private readonly KeyPool<ECDsa> pool = new(() => ECDsa.Create(key));

    public override bool Verifies(SigningAlgorithm algorithm, SignedText signed, byte[] signature)
    {
        ECDsa ec = pool.Take();
        bool isGood = signed.HashFor(algorithm) is { } hash
            ? ec.VerifyHash(hash, signature)
            : ec.VerifyData(signed.Data, 0, signed.Length, signature, algorithm.Hash);
        pool.GiveBack(ec);
        return isGood;
    }
}
