using System.Collections.Generic;
using System.Linq;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;

namespace AuthModule.Jose.Encryption;

/// <summary>The keys that tokens are encrypted to: one, or a set in which each has a name (<c>kid</c>).</summary>
internal sealed class DecryptionKeys(IReadOnlyList<DecryptionKey> keys)
{
    /// <summary>More keys of one set that a token may be tried with: each costs a computation.</summary>
    public const int MaxKeys = 32;

    public IReadOnlyList<DecryptionKey> All => keys;

    public static implicit operator DecryptionKeys(DecryptionKey key) => new([key]);

    /// <summary>The plain text by the key that the token names; where it names none of them, by the first that opens it.</summary>
    public Decryption Decrypt(CompactToken token)
    {
        string? id = ClaimText.One(token.Header, "kid");
        DecryptionKey[] named = id is null ? [] : [.. keys.Where(key => key.Id == id)];
        Decryption? result = null;
        foreach (DecryptionKey key in named.Length > 0 ? named : keys)
        {
            Decryption tried = JweReader.Decrypt(token, key);
            if (tried.Plaintext is not null)
            {
                return tried;
            }

            // That a key of another kind is no use says less than that a fitting one did not open it.
            result = result is null || result.Value.FaultId == AuthErrorId.AlgorithmNotAllowed ? tried : result;
        }

        return result ?? Decryption.Undecryptable;
    }

    public override string ToString() => Secret.Mask;
}
