using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Sessions in a store that other processes share, or other machines.</summary>
internal sealed class SharedSessionStore(OpenStore opened, TimeProvider clock, TimeSpan lease) : ISessionStore
{
    // Where the service does not tell how long its refresh token lasts; each renewal starts this anew.
    private static readonly TimeSpan RefreshTokenKept = TimeSpan.FromDays(90);

    // A refresh token is kept a little longer than it lives: the service, not a clock of ours, says when it is over.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    // Longer than a renewal with all its repeats takes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public const int MaxSkews = 10_000;

    private const int IdLength = 12;

    private readonly ITokenStore store = opened.Store;
    private readonly ConcurrentDictionary<string, TimeSpan> measuredSkews = new(StringComparer.Ordinal);
    private readonly NewestSeen newest = new();

    public string Name => store.Name;

    public string Identity => opened.Identity;

    public bool IsShared => true;

    public int SkewCount => measuredSkews.Count;

    public byte[] SessionNameKey => opened.Key.SessionNameKey;

    public ISessionStore For(AuthSession session) => new TimedSessionStore(this, session, clock);

    public async ValueTask<TokenSet?> ReadAsync(AuthSession session, CancellationToken cancellationToken)
    {
        SessionKey key = session.Key;
        long atLeast = newest.RevisionOf(key);
        session.IsStoreBehind = false;
        byte[]? value = await store.GetAsync(EntryOf(key), cancellationToken).ConfigureAwait(false);
        if (value is null)
        {
            return null;
        }

        try
        {
            TokenSet read = StoredTokens.Read(value, clock, measuredSkews.TryGetValue(key.Name, out TimeSpan skew) ? skew : null);
            if (read.Revision != 0 && read.Revision < atLeast)
            {
                // Its refresh token may be spent: what this process knows goes on.
                session.IsStoreBehind = true;
                return newest.TokensOf(key);
            }

            newest.Keep(key, read.Revision, read);
            return read;
        }
        catch (InvalidDataException cause)
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"A session in store {Name} cannot be read: {cause.Message}",
                new ErrorDetails { Action = "Use the same version of this module for everyone who shares the store, or another store.", Cause = cause });
        }
        finally
        {
            Array.Clear(value, 0, value.Length);
        }
    }

    /// <summary>The sessions that this store's key opens, in no order.</summary>
    public async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (store is not EncryptedStore listed)
        {
            yield break;
        }

        await foreach (KeyValuePair<string, byte[]> entry in listed.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            StoredSession? session = Read(entry.Key, entry.Value);
            Array.Clear(entry.Value, 0, entry.Value.Length);

            // A value that says it is another session's than its name would be gone on with under the wrong lock.
            if (session is not null && await listed.NameOfAsync(EntryOf(session.Origin.KeyName), cancellationToken).ConfigureAwait(false) == entry.Key)
            {
                yield return session;
            }
        }
    }

    public async ValueTask<bool> WriteAsync(SessionKey key, TokenSet tokens, IStoreLock held, CancellationToken cancellationToken)
    {
        if (tokens.Skew is { } skew)
        {
            if (measuredSkews.Count >= MaxSkews)
            {
                measuredSkews.Clear(); // Measured anew at the next renewal of each.
            }

            measuredSkews[key.Name] = skew;
        }

        long revision = newest.Next(key, clock.GetUtcNow() + (tokens.Skew ?? TimeSpan.Zero));
        byte[] value = StoredTokens.Write(tokens, clock, revision, key.Origin);
        try
        {
            // Where the store can look at the lock in the same step as it writes, nothing can come between.
            if (held is IFencedLock fenced)
            {
                if (!await fenced.SetAsync(EntryOf(key), value, KeptFor(tokens), cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                newest.Keep(key, revision, tokens);
                return true;
            }

            if (!await held.IsHeldAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            await store.SetAsync(EntryOf(key), value, KeptFor(tokens), cancellationToken).ConfigureAwait(false);
            newest.Keep(key, revision, tokens);
            return true;
        }
        finally
        {
            Array.Clear(value, 0, value.Length);
        }
    }

    public void Hold(AuthSession session)
    {
        // Who else uses the store is not known here.
    }

    public ValueTask ForgetAsync(AuthSession session, CancellationToken cancellationToken) => RemoveAsync(session.Key, cancellationToken);

    public async ValueTask RemoveAsync(SessionKey key, CancellationToken cancellationToken)
    {
        measuredSkews.TryRemove(key.Name, out _);
        newest.Drop(key);
        await store.RemoveAsync(EntryOf(key), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IStoreLock> LockAsync(SessionKey key, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = Deadline.After(LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await store.LockAsync(EntryOf(key), lease, either.Token).ConfigureAwait(false);
        }
        catch (Exception cause) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested && cause is OperationCanceledException or AuthException { Code: AuthErrorId.Canceled })
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"Another process has held the lock of store {Name} for {LongestWait.TotalMinutes:0} minutes.",
                new ErrorDetails { Action = "Look for a process that hangs or is stopped while it renews a token of this store, and end it.", Cause = cause });
        }
    }

    // Null for entries of other kinds, of versions that did not write the origin, and for what is past all use.
    private StoredSession? Read(string name, byte[] value)
    {
        try
        {
            return StoredOrigin.Read(value) is { } origin
                ? new StoredSession(name.Substring(0, IdLength), origin, StoredTokens.Read(value, clock, measuredSkews.TryGetValue(origin.KeyName, out TimeSpan skew) ? skew : null))
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string EntryOf(SessionKey key) => EntryOf(key.Name);

    private static string EntryOf(string keyName) => "session:" + keyName;

    private static TimeSpan? KeptFor(TokenSet tokens)
    {
        TimeSpan remaining = tokens.Remaining;
        TimeSpan renewable = tokens.RefreshToken is null ? TimeSpan.Zero : tokens.RefreshLifetime + Grace ?? RefreshTokenKept;
        return remaining == TimeSpan.MaxValue ? null
            : renewable > remaining ? renewable
            : remaining > TimeSpan.Zero ? remaining
            : TimeSpan.FromMilliseconds(1);
    }
}
