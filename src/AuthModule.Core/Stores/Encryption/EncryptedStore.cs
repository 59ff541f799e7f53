using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Encryption;

/// <summary>
/// Seals every value and hashes every key before they reach a store that outlives the process. The store's first entry tells
/// which key belongs to it: with another one nothing is read and nothing written. It is looked at again before each change and
/// wherever nothing was found, as a store may lose it, or all that it holds, while this process runs.
/// </summary>
internal sealed class EncryptedStore(ITokenStore inner, StoreKey key) : ITokenStore, IListedStore, ICountingStore
{
    private readonly SemaphoreSlim opening = new(1, 1);
    private volatile StoreHeader? opened;

    public string Name => inner.Name;

    public async ValueTask<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        byte[]? value = await GuardAsync(inner.GetAsync(hidden, cancellationToken)).ConfigureAwait(false);
        if (value is null && await LookAgainAsync(cancellationToken).ConfigureAwait(false) is var now && !ReferenceEquals(now, cipher))
        {
            // Lost and made anew by somebody: what the others write from now on is under other names.
            cipher = now;
            hidden = cipher.NameOf(name);
            value = await GuardAsync(inner.GetAsync(hidden, cancellationToken)).ConfigureAwait(false);
        }

        return await DecryptAsync(cipher, hidden, value, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SetAsync(string name, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await LookAgainAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        await GuardAsync(Done(inner.SetAsync(hidden, cipher.Encrypt(hidden, value), lifetime, cancellationToken))).ConfigureAwait(false);

        static async ValueTask<bool> Done(ValueTask work)
        {
            await work.ConfigureAwait(false);
            return true;
        }
    }

    public async ValueTask<bool> AddAsync(string name, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await LookAgainAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        return await GuardAsync(inner.AddAsync(hidden, cipher.Encrypt(hidden, value), lifetime, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<byte[]?> TakeAsync(string name, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await LookAgainAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        byte[]? value = await GuardAsync(inner.TakeAsync(hidden, cancellationToken)).ConfigureAwait(false);
        return await DecryptAsync(cipher, hidden, value, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await LookAgainAsync(cancellationToken).ConfigureAwait(false);
        return await GuardAsync(inner.RemoveAsync(cipher.NameOf(name), cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<IStoreLock> LockAsync(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await LookAgainAsync(cancellationToken).ConfigureAwait(false);
        IStoreLock held = await GuardAsync(inner.LockAsync(cipher.NameOf(name), lease, cancellationToken)).ConfigureAwait(false);
        return held is IFencedLock fenced ? new SealedFencedLock(fenced, cipher, IsSameAsync) : new EncryptedLock(held, IsSameAsync);

        async ValueTask<bool> IsSameAsync(CancellationToken token) => ReferenceEquals(await LookAgainAsync(token).ConfigureAwait(false), cipher);
    }

    public async ValueTask<long> IncrementAsync(string name, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await GuardAsync(((ICountingStore)inner).IncrementAsync(cipher.NameOf(name), lifetime, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Under the names that they have in the store, which say nothing: what belongs to whom is in the values. What this key does not open is
    /// somebody else's and left out.
    /// </summary>
    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (inner is not IListedStore listed)
        {
            yield break;
        }

        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        IAsyncEnumerator<KeyValuePair<string, byte[]>> entries = listed.ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (entries.ConfigureAwait(false))
        {
            while (await GuardAsync(entries.MoveNextAsync()).ConfigureAwait(false))
            {
                if (entries.Current.Key != StoreHeader.EntryName && cipher.Decrypt(entries.Current.Key, entries.Current.Value) is { } value)
                {
                    yield return new(entries.Current.Key, value);
                }
            }
        }
    }

    /// <summary>What an entry is called in the store.</summary>
    public async ValueTask<string> NameOfAsync(string name, CancellationToken cancellationToken) =>
        (await OpenAsync(cancellationToken).ConfigureAwait(false)).NameOf(name);

    private ValueTask<EntryCipher> OpenAsync(CancellationToken cancellationToken) =>
        opened is { } ready ? new ValueTask<EntryCipher>(ready.Sealer) : LookAgainAsync(cancellationToken);

    private async ValueTask<EntryCipher> LookAgainAsync(CancellationToken cancellationToken)
    {
        if (opened is { } known
            && await GuardAsync(inner.GetAsync(StoreHeader.EntryName, cancellationToken)).ConfigureAwait(false) is { } found
            && known.IsSame(found))
        {
            return known.Sealer;
        }

        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            StoreHeader seal = await GuardAsync(new ValueTask<StoreHeader>(StoreHeader.OpenAsync(inner, key, cancellationToken, opened))).ConfigureAwait(false);
            opened = seal;
            return seal.Sealer;
        }
        finally
        {
            opening.Release();
        }
    }

    private async ValueTask<byte[]?> DecryptAsync(EntryCipher cipher, string hidden, byte[]? value, CancellationToken cancellationToken)
    {
        if (value is null)
        {
            return null;
        }

        if (cipher.Decrypt(hidden, value) is { } plain)
        {
            return plain;
        }

        string? kept = inner is IDamagedEntries damaged
            ? await GuardAsync(damaged.SetAsideAsync(hidden, cancellationToken)).ConfigureAwait(false)
            : null;
        throw AuthError.Create(
            AuthErrorId.StoreCorrupt,
            $"An entry of store {Name} was changed by somebody without its key{(kept is null ? string.Empty : $"; it is kept as {kept}")}.",
            "Find out who can write to the store; sign in again to fill a new entry.");
    }

    // A store of the user's own may fail in its own words.
    private async ValueTask<T> GuardAsync<T>(ValueTask<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is not (AuthException or OperationCanceledException))
        {
            throw AuthError.Create(AuthErrorId.StoreUnavailable, $"Store {Name} cannot be used: {cause.Message}", new ErrorDetails { Cause = cause });
        }
    }
}
