using AuthModule.Cryptography;

namespace AuthModule.Jose.Keys;

/// <summary>Ed25519 (RFC 8032, RFC 8037). A key of a set that no token uses loads no library.</summary>
internal sealed class EdwardsSignature(byte[] publicKey) : KeySignature
{
    private readonly object gate = new();
    private Ed25519PublicKey? key;
    private bool isRead;

    public override bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature) =>
        Key() is { } known && known.Verifies(data, length, signature);

    private Ed25519PublicKey? Key()
    {
        lock (gate)
        {
            if (!isRead)
            {
                key = Ed25519PublicKey.TryRead(publicKey);
                isRead = true;
            }

            return key;
        }
    }
}
