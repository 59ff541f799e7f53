using System.Security.Cryptography;
using AuthModule.Concurrency;

namespace AuthModule.Jose.Keys;

/// <summary>RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518, sections 3.3 and 3.5).</summary>
internal sealed class RsaSignature(RSAParameters key) : KeySignature
{
    private readonly KeyPool<RSA> pool = new(() => Create(key));

    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature)
    {
        RSA rsa = pool.Take();
        bool isGood = rsa.VerifyData(data, 0, length, signature, algorithm.Hash, algorithm.IsPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        pool.GiveBack(rsa);
        return isGood;
    }

    private static RSA Create(RSAParameters key)
    {
#if NETSTANDARD2_0
        // The .NET Framework's default class knows no PSS; the one that does is not named by netstandard2.0.
        System.Type? capable = System.Type.GetType("System.Security.Cryptography.RSACng, System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089");
        RSA rsa = capable is null ? RSA.Create() : (RSA)System.Activator.CreateInstance(capable);
#else
        RSA rsa = RSA.Create();
#endif
        rsa.ImportParameters(key);
        return rsa;
    }
}
