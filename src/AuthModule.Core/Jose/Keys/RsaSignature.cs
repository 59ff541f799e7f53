using System.Security.Cryptography;
using AuthModule.Concurrency;
using AuthModule.Cryptography;

namespace AuthModule.Jose.Keys;

/// <summary>RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518, sections 3.3 and 3.5).</summary>
internal sealed class RsaSignature(RSAParameters key) : KeySignature
{
    private readonly KeyPool<RSA> pool = new(() => RsaFactory.From(key));

    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature)
    {
        RSA rsa = pool.Take();
        bool isGood = rsa.VerifyData(data, 0, length, signature, algorithm.Hash, algorithm.IsPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        pool.GiveBack(rsa);
        return isGood;
    }
}
