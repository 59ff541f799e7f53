using System.Security.Cryptography;

namespace AuthModule.Jose.Keys;

/// <summary>HMAC (RFC 7518, section 3.2).</summary>
internal sealed class HmacSignature(byte[] secret) : KeySignature
{
    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(algorithm.Hash, secret);
        hash.AppendData(data, 0, length);
        return CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), signature);
    }
}
