using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>
/// Keys from a file with a JWK Set or one JWK. It is looked at with every call: a key that was taken out of it is not trusted
/// any more, and one that was put in is there at once. Nothing serves on when it cannot be read.
/// </summary>
internal sealed class FileKeySource(string path, string? issuer, TimeProvider clock) : IKeySource
{
    // The times of files move in steps: two changes within one look like one.
    private static readonly TimeSpan CoarsestStep = TimeSpan.FromSeconds(2);

    private Kept? kept;

    public ValueTask<KeySet> GetAsync(ICallLog log, CancellationToken cancellationToken) => new(Current());

    public ValueTask<KeySet> ReloadAsync(KeySet known, string? keyId, ICallLog log, CancellationToken cancellationToken) => new(Current());

    private KeySet Current()
    {
        // Looked at before it is read: what is changed meanwhile is read the next time.
        Stamp stamp = Look();
        Kept? known = Volatile.Read(ref kept);
        if (known is not null && known.Stamp == stamp && stamp.WrittenOn != default && stamp.LookedOn - stamp.WrittenOn > CoarsestStep)
        {
            return known.Keys;
        }

        KeySet read = Read();

        // The same keys stay the same object: what was verified with them stays verified.
        KeySet keys = known is not null && known.Keys.IsSameAs(read) ? known.Keys : read;
        Volatile.Write(ref kept, new Kept(keys, stamp));
        return keys;
    }

    private Stamp Look()
    {
        try
        {
            var file = new FileInfo(path);
            return new Stamp(file.LastWriteTimeUtc, file.Length) { LookedOn = clock.GetUtcNow().UtcDateTime };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default; // Reading it says what is wrong.
        }
    }

    private KeySet Read()
    {
        byte[] content;
        try
        {
            var file = new FileInfo(path);
            content = file.Length <= WireRequest.DefaultReplyLimit ? TextFile.ToUtf8(File.ReadAllBytes(path)) : [];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, $"The key file '{path}' cannot be read.", new ErrorDetails { Cause = cause });
        }

        return JwkReader.TryReadSet(content, issuer ?? Path.GetFileName(path), issuer)
            ?? throw AuthError.Create(AuthErrorId.InvalidKey, $"The key file '{path}' holds no JWK Set (RFC 7517).", "Give a file with {\"keys\":[...]}, as the issuer's jwks_uri answers it.");
    }

    private sealed record Kept(KeySet Keys, Stamp Stamp);

    private readonly struct Stamp(DateTime writtenOn, long length) : IEquatable<Stamp>
    {
        public DateTime WrittenOn { get; } = writtenOn;

        public long Length { get; } = length;

        /// <summary>Not compared.</summary>
        public DateTime LookedOn { get; init; }

        public static bool operator ==(Stamp left, Stamp right) => left.Equals(right);

        public static bool operator !=(Stamp left, Stamp right) => !left.Equals(right);

        public bool Equals(Stamp other) => WrittenOn == other.WrittenOn && Length == other.Length;

        public override bool Equals(object? obj) => obj is Stamp other && Equals(other);

        public override int GetHashCode() => WrittenOn.GetHashCode();
    }
}
