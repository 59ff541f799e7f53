using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Sealing;

/// <summary>
/// The first entry of a store: its salt (16 bytes, zero where the key needs none), and a text sealed with its key, by which a
/// wrong key is known. A store may lose it (an eviction, a flush, a removed folder); whoever knows it puts the same one back.
/// </summary>
internal sealed class StoreSeal
{
    public const string EntryName = "seal";

    private const int SaltLength = 16;

    private static readonly byte[] KnownText = Encoding.ASCII.GetBytes("authmodule store 1");

    private readonly byte[] entry;

    private StoreSeal(byte[] entry, Sealer sealer)
    {
        this.entry = entry;
        Sealer = sealer;
    }

    /// <summary>The keys of the store. The same object as long as the salt is the same.</summary>
    public Sealer Sealer { get; }

    /// <summary>As the store has it now; one that has none gets the known one, or a new one where none is known.</summary>
    /// <exception cref="AuthServiceException">StoreUnavailable: it is sealed with another key. Nothing was written.</exception>
    public static async Task<StoreSeal> OpenAsync(ITokenStore store, StoreKey key, CancellationToken cancellationToken, StoreSeal? known = null)
    {
        byte[]? found = await store.GetAsync(EntryName, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            StoreSeal mine = known ?? Make(key);
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

    private static StoreSeal Make(StoreKey key)
    {
        byte[] salt = key.NeedsSalt ? RandomNumberGenerator.GetBytes(SaltLength) : new byte[SaltLength];
        Sealer sealer = SealerOf(key, salt);
        return new StoreSeal([.. salt, .. sealer.Seal(EntryName, KnownText)], sealer);
    }

    private static StoreSeal? Read(byte[] found, StoreKey key, StoreSeal? known)
    {
        if (found.Length <= SaltLength)
        {
            return null;
        }

        byte[] salt = found.AsSpan(0, SaltLength).ToArray();
        Sealer sealer = known is not null && known.entry.AsSpan(0, SaltLength).SequenceEqual(salt) ? known.Sealer : SealerOf(key, salt);
        return sealer.Open(EntryName, found.AsSpan(SaltLength).ToArray()) is { } text && text.SequenceEqual(KnownText)
            ? new StoreSeal(found, sealer)
            : null;
    }

    // A store of an earlier version has a salt also where the key needs none.
    private static Sealer SealerOf(StoreKey key, byte[] salt) =>
        key.NeedsSalt || salt.Any(static part => part != 0) ? key.ForSalt(salt) : key.Unsalted();
}
