using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Encryption;

/// <summary>
/// Seals every value and hashes every key before they reach a store that outlives the process. The store's first entry tells
/// which key belongs to it: with another one nothing is read and nothing written.
/// </summary>
internal sealed class EncryptedStore(ITokenStore inner, StoreKey key) : ITokenStore
{
    private readonly SemaphoreSlim opening = new(1, 1);
    private volatile EntryCipher? opened;

    public string Name => inner.Name;

    public async ValueTask<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        byte[]? value = await GuardAsync(inner.GetAsync(hidden, cancellationToken)).ConfigureAwait(false);
        return await DecryptAsync(cipher, hidden, value, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SetAsync(string name, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
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
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        return await GuardAsync(inner.AddAsync(hidden, cipher.Encrypt(hidden, value), lifetime, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<byte[]?> TakeAsync(string name, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        string hidden = cipher.NameOf(name);
        byte[]? value = await GuardAsync(inner.TakeAsync(hidden, cancellationToken)).ConfigureAwait(false);
        return await DecryptAsync(cipher, hidden, value, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await GuardAsync(inner.RemoveAsync(cipher.NameOf(name), cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<IStoreLock> LockAsync(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        EntryCipher cipher = await OpenAsync(cancellationToken).ConfigureAwait(false);
        IStoreLock held = await GuardAsync(inner.LockAsync(cipher.NameOf(name), lease, cancellationToken)).ConfigureAwait(false);
        return held is IFencedLock fenced ? new EncryptedLock(fenced, cipher) : held;
    }

    private async ValueTask<EntryCipher> OpenAsync(CancellationToken cancellationToken)
    {
        if (opened is { } ready)
        {
            return ready;
        }

        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return opened ??= await GuardAsync(new ValueTask<EntryCipher>(StoreHeader.OpenAsync(inner, key, cancellationToken))).ConfigureAwait(false);
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
