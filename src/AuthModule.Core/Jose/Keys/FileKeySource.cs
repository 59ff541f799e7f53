using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>Keys from a file with a JWK Set or one JWK; read again like an issuer's.</summary>
internal sealed class FileKeySource : IKeySource
{
    private readonly KeySetCache cache;

    public FileKeySource(string path, string? issuer, TimeProvider clock, KeySetTimes? times = null)
    {
        times ??= KeySetTimes.Default;
        cache = new KeySetCache((_, _) => Task.FromResult(Read(path, issuer)), clock) { Lifetime = times.Lifetime, Pause = times.Pause, Staleness = times.Staleness };
    }

    public ValueTask<KeySet> GetAsync(ICallLog log, CancellationToken cancellationToken) => cache.GetAsync(log, cancellationToken);

    public ValueTask<KeySet> ReloadAsync(KeySet known, ICallLog log, CancellationToken cancellationToken) => cache.ReloadAsync(known, log, cancellationToken);

    private static KeySet Read(string path, string? issuer)
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
}
