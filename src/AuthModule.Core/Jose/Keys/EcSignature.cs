using System.Security.Cryptography;
using AuthModule.Concurrency;

namespace AuthModule.Jose.Keys;

/// <summary>ECDSA (RFC 7518, section 3.4).</summary>
internal sealed class EcSignature(ECParameters key) : KeySignature
{
    // Importing refuses a point beside the curve.
    private readonly KeyPool<ECDsa> pool = new(() => ECDsa.Create(key));

    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature)
    {
        ECDsa ec = pool.Take();
        bool isGood = ec.VerifyData(data, 0, length, signature, algorithm.Hash);
        pool.GiveBack(ec);
        return isGood;
    }
}
