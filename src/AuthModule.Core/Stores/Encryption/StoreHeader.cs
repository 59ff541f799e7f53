using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Encryption;

/// <summary>The first entry of a store: its salt (16 bytes), and a text sealed with its key, by which a wrong key is known.</summary>
internal static class StoreHeader
{
    public const string EntryName = "seal";

    private const int SaltLength = 16;

    private static readonly byte[] KnownText = Encoding.ASCII.GetBytes("authmodule store 1");

    /// <summary>The keys of a store; an empty one gets its seal here.</summary>
    /// <exception cref="AuthServiceException">StoreUnavailable: it is sealed with another key. Nothing was written.</exception>
    public static async Task<EntryCipher> OpenAsync(ITokenStore store, StoreKey key, CancellationToken cancellationToken)
    {
        byte[]? seal = await store.GetAsync(EntryName, cancellationToken).ConfigureAwait(false);
        if (seal is null)
        {
            byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
            EntryCipher mine = key.ForSalt(salt);
            byte[] made = [.. salt, .. mine.Encrypt(EntryName, KnownText)];
            if (await store.AddAsync(EntryName, made, lifetime: null, cancellationToken).ConfigureAwait(false))
            {
                return mine;
            }

            seal = await store.GetAsync(EntryName, cancellationToken).ConfigureAwait(false) ?? [];
        }

        if (seal.Length > SaltLength)
        {
            EntryCipher cipher = key.ForSalt(seal.AsSpan(0, SaltLength).ToArray());
            if (cipher.Decrypt(EntryName, seal.AsSpan(SaltLength).ToArray()) is { } text && text.SequenceEqual(KnownText))
            {
                return cipher;
            }
        }

        throw AuthError.Create(
            AuthErrorId.StoreUnavailable,
            $"Store {store.Name} is sealed with another key. {key.Origin} does not open it; nothing was read or changed.",
            "Set AUTHMODULE_STORE_KEY to the key that the store was made with, or name another store (for Redis another database, or ?prefix=NAME:).");
    }
}
