using System.Security.Cryptography;

namespace AuthModule.Validation.Keys;

/// <summary>What a signature covers.</summary>
/// <param name="Data">It is the beginning of it.</param>
/// <param name="Length">How much of it.</param>
/// <param name="Hash">Its SHA-256 where somebody has worked it out already; null else.</param>
internal readonly record struct SignedText(byte[] Data, int Length, Sha256? Hash = null)
{
    /// <summary>The hash that is known, where it is the one that the algorithm signs; null else.</summary>
    public byte[]? HashFor(SigningAlgorithm algorithm)
    {
        if (Hash is not { } known || algorithm.Hash != HashAlgorithmName.SHA256)
        {
            return null;
        }

        byte[] hash = new byte[Sha256.Bytes];
        known.CopyTo(hash);
        return hash;
    }
}
