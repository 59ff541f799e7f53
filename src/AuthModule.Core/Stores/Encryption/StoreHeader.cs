using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Encryption;

/// <summary>
/// The first entry of a store: its salt (16 bytes, zero where the key needs none), and a text sealed with its key, by which a
/// wrong key is known. A store may lose it (an eviction, a flush, a removed folder); whoever knows it puts the same one back.
/// </summary>
internal sealed class StoreHeader
{
    public const string EntryName = "seal";

    private const int SaltLength = 16;

    private static readonly byte[] KnownText = Encoding.ASCII.GetBytes("authmodule store 1");

    private readonly byte[] entry;

    private StoreHeader(byte[] entry, EntryCipher cipher)
    {
        this.entry = entry;
        Sealer = cipher;
    }

    /// <summary>The keys of the store. The same object as long as the salt is the same.</summary>
    public EntryCipher Sealer { get; }

    /// <summary>As the store has it now; one that has none gets the known one, or a new one where none is known.</summary>
    /// <exception cref="AuthServiceException">StoreUnavailable: it is sealed with another key. Nothing was written.</exception>
    public static async Task<StoreHeader> OpenAsync(ITokenStore store, StoreKey key, CancellationToken cancellationToken, StoreHeader? known = null)
    {
        byte[]? found = await store.GetAsync(EntryName, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            StoreHeader mine = known ?? Make(key);
            if (await store.AddAsync(EntryName, mine.entry, lifetime: null, cancellationToken).ConfigureAwait(false))
            {
                return mine;
            }

            found = await store.GetAsync(EntryName, cancellationToken).ConfigureAwait(false) ?? [];
        }

        return known?.IsSame(found) == true ? known : Read(found, key, known) ?? throw AuthError.Create(
            AuthErrorId.StoreUnavailable,
            $"Store {store.Name} is sealed with another key. {key.Origin} does not open it; nothing was read or changed.",
            "Set AUTHMODULE_STORE_KEY to the key that the store was made with, or name another store (for Redis another database, or ?prefix=NAME:).");
    }

    /// <summary>Whether these are its bytes.</summary>
    public bool IsSame(byte[] found) => found.AsSpan().SequenceEqual(entry);

    private static StoreHeader Make(StoreKey key)
    {
        byte[] salt = key.NeedsSalt ? RandomNumberGenerator.GetBytes(SaltLength) : new byte[SaltLength];
        EntryCipher cipher = SealerOf(key, salt);
        return new StoreHeader([.. salt, .. cipher.Encrypt(EntryName, KnownText)], cipher);
    }

    private static StoreHeader? Read(byte[] found, StoreKey key, StoreHeader? known)
    {
        if (found.Length <= SaltLength)
        {
            return null;
        }

        byte[] salt = found.AsSpan(0, SaltLength).ToArray();
        EntryCipher cipher = known is not null && known.entry.AsSpan(0, SaltLength).SequenceEqual(salt) ? known.Sealer : SealerOf(key, salt);
        return cipher.Decrypt(EntryName, found.AsSpan(SaltLength).ToArray()) is { } text && text.SequenceEqual(KnownText)
            ? new StoreHeader(found, cipher)
            : null;
    }

    // A store of an earlier version has a salt also where the key needs none.
    private static EntryCipher SealerOf(StoreKey key, byte[] salt) =>
        key.NeedsSalt || salt.Any(static part => part != 0) ? key.ForSalt(salt) : key.Unsalted();
}
