using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Platform;

namespace AuthModule.Stores.Files;

/// <summary>The operating system's lock on a file: it ends with the process that holds it, however that ends.</summary>
internal sealed class FileLock : IStoreLock, IDisposable
{
    private const int ShortestPause = 2;
    private const int LongestPause = 32;

    private FileStream? file;

    private FileLock(FileStream file) => this.file = file;

    /// <param name="path">The file that stands for the lock. It is made where it is missing and stays.</param>
    /// <param name="clock">Measures the pauses.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UnsafeFileException">Something that is not this user's own file is in its place.</exception>
    public static async Task<FileLock> AcquireAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        OwnFiles.RequireFile(path);
        int pause = ShortestPause;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PrivateFiles.TryOpenLock(path) is { } file)
            {
                return new FileLock(file);
            }

            // There is no way to be told; uneven pauses, so that many who wait do not ask in step.
            int wait = ShortestPause + (RandomNumberGenerator.GetBytes(1)[0] * pause / 255);
            pause = Math.Min(pause * 2, LongestPause);
            await ClockDelay.ForAsync(TimeSpan.FromMilliseconds(wait), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => new(Volatile.Read(ref file) is not null);

    public void Dispose() => Interlocked.Exchange(ref file, null)?.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
