using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;

namespace AuthModule.Stores.Files;

/// <summary>
/// Keeps each value in a file of its own in one folder, for all processes of this machine that can open it. Files are replaced
/// in one step and never changed. The folder must be on a disk of this machine: network drives do not keep locks reliably.
/// </summary>
internal sealed class FileStore : ITokenStore, IDamagedEntries, IListedStore, ICountingStore
{
    private const string EntrySuffix = ".entry";
    private const string LockSuffix = ".lock";

    // Renewals of different keys may share a lock file: they wait for each other at worst, and lock files do not pile up.
    private const int LockFiles = 256;

    private static readonly TimeSpan LongestChange = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly TimeProvider clock;
    private readonly FileSweep sweep;

    public FileStore(string folder, TimeProvider clock)
    {
        this.folder = folder;
        this.clock = clock;
        sweep = new FileSweep(folder, EntrySuffix, clock);
        Name = "file:" + folder;
    }

    public string Name { get; }

    public static ITokenStore Open(string text, StoreSettings settings)
    {
        int colon = text.IndexOf(':');
        string path = colon < 0 ? string.Empty : text.Substring(colon + 1);
        return new FileStore(path.Length == 0 ? UserFolders.Data(settings.Environment) : Path.GetFullPath(path), settings.Clock);
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => GuardAsync(() => ReadAsync(key, cancellationToken));

    public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        new(ChangeAsync(
            path =>
            {
                Write(path, key, value, lifetime);
                return true;
            },
            key,
            cancellationToken).AsTask());

    public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        ChangeAsync(
            path =>
            {
                if (ReadLive(path, key) is not null)
                {
                    return false;
                }

                Write(path, key, value, lifetime);
                return true;
            },
            key,
            cancellationToken);

    public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) =>
        ChangeAsync(
            path =>
            {
                byte[]? value = ReadLive(path, key);
                File.Delete(path);
                return value;
            },
            key,
            cancellationToken);

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        ChangeAsync(
            path =>
            {
                bool isThere = File.Exists(path);
                File.Delete(path);
                return isThere;
            },
            key,
            cancellationToken);

    public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) =>
        GuardAsync<IStoreLock>(async () =>
        {
            OpenFolder();
            byte slot = Hash(key)[0];
            string path = Path.Combine(folder, "renewal-" + (slot % LockFiles).ToString("x2", CultureInfo.InvariantCulture) + LockSuffix);

            // No lease: the system ends the lock with its holder, and one that is only slow must not lose it half-way.
            return await FileLock.AcquireAsync(path, clock, cancellationToken).ConfigureAwait(false);
        });

    public ValueTask<string?> SetAsideAsync(string key, CancellationToken cancellationToken) =>
        ChangeAsync(path => File.Exists(path) ? SetAside(path) : null, key, cancellationToken);

    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] paths = await GuardAsync(() => Task.FromResult(Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + EntrySuffix) : [])).ConfigureAwait(false);
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[]? content = await GuardAsync(() => Task.FromResult(PrivateFiles.Read(path))).ConfigureAwait(false);
            if (content is not null && ReadListed(path, content) is { } entry)
            {
                yield return entry;
            }
        }
    }

    // A name that somebody wrote into another file is none.
    private KeyValuePair<string, byte[]>? ReadListed(string path, byte[] content)
    {
        try
        {
            FileEntry entry = EntryFile.Read(content);
            return entry.Name is { } name && PathOf(name) == path && !(entry.EndsOn <= clock.GetUtcNow()) ? new(name, entry.Value) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public ValueTask<long> IncrementAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        ChangeAsync(
            path =>
            {
                // The end stays that of the first: it is kept before the number.
                string[] parts = ReadLive(path, key) is { } value ? Encoding.ASCII.GetString(value).Split(' ') : [];
                DateTimeOffset now = clock.GetUtcNow();
                long end = parts.Length == 2 ? long.Parse(parts[0], CultureInfo.InvariantCulture) : (now + lifetime).UtcTicks;
                long next = parts.Length == 2 ? long.Parse(parts[1], CultureInfo.InvariantCulture) + 1 : 1;
                Write(path, key, Encoding.ASCII.GetBytes(FormattableString.Invariant($"{end} {next}")), TimeSpan.FromTicks(Math.Max(1, end - now.UtcTicks)));
                return next;
            },
            key,
            cancellationToken);

    private async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        OwnFiles.RequireFolder(folder);
        string path = PathOf(key);
        byte[]? content = PrivateFiles.ReadOwn(path);
        if (content is null)
        {
            return null;
        }

        try
        {
            (byte[] value, DateTimeOffset? endsOn) = EntryFile.Read(content);
            return endsOn <= clock.GetUtcNow() ? null : value;
        }
        catch (InvalidDataException)
        {
            // Looked at again under the lock: somebody may be replacing it by a good one.
            return await ChangeAsync(again => ReadLive(again, key), key, cancellationToken).ConfigureAwait(false);
        }
    }

    // Every change is made under one lock of the folder, held for the moment that it takes.
    private ValueTask<T> ChangeAsync<T>(Func<string, T> change, string key, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        OpenFolder();
        IReadOnlyList<string> over = sweep.Look();
        using CancellationTokenSource deadline = AuthModule.Http.Deadline.After(LongestChange, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using FileLock held = await FileLock.AcquireAsync(Path.Combine(folder, "changes" + LockSuffix), clock, either.Token).ConfigureAwait(false);
            T result = change(PathOf(key));
            sweep.Remove(over);
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("Another process has been changing it for half a minute; it may hang or be stopped.");
        }
    });

    private void OpenFolder()
    {
        PrivateFiles.CreateFolder(folder);
        OwnFiles.RequireFolder(folder);
    }

    private byte[]? ReadLive(string path, string key)
    {
        byte[]? content = PrivateFiles.ReadOwn(path);
        if (content is null)
        {
            return null;
        }

        try
        {
            (byte[] value, DateTimeOffset? endsOn) = EntryFile.Read(content);
            return endsOn <= clock.GetUtcNow() ? null : value;
        }
        catch (InvalidDataException cause)
        {
            throw AuthError.Create(
                AuthErrorId.StoreCorrupt,
                $"A file of store {Name} is damaged. It is kept as {SetAside(path)}.",
                new ErrorDetails { Cause = cause });
        }
    }

    private string SetAside(string path)
    {
        string kept = path + ".corrupt-" + clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        File.Delete(kept);
        File.Move(path, kept);
        return Path.GetFileName(kept);
    }

    private void Write(string path, string key, byte[] value, TimeSpan? lifetime)
    {
        OwnFiles.RequireFile(path);
        DateTimeOffset? endsOn = lifetime is { } time ? EndOf(time) : null;
        PrivateFiles.Replace(path, EntryFile.Write(value, endsOn, key));
    }

    private DateTimeOffset? EndOf(TimeSpan lifetime)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return lifetime < DateTimeOffset.MaxValue - now ? now + lifetime : null;
    }

    private string PathOf(string key) => Path.Combine(folder, Convert.ToHexString(Hash(key)).ToLowerInvariant() + EntrySuffix);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private async ValueTask<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException cause)
        {
            throw AuthError.Canceled($"Waiting for store {Name}", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"Store {Name} cannot be used: {cause.Message}",
                new ErrorDetails { Action = (cause as UnsafeFileException)?.Action ?? "Name a folder of this machine's own disk that you can write to: -Store file:PATH.", Cause = cause });
        }
    }
}
