using System;
using System.IO;
using System.Threading;
using AuthModule.Platform;

namespace AuthModule.Stores.Files;

/// <summary>Removes what has run out, and what a killed process left half-written: at a process' first change, then now and then.</summary>
internal sealed class FileSweep(string folder, string entrySuffix, TimeProvider clock)
{
    private const int ChangesBetween = 256;

    private static readonly TimeSpan OldestTemporary = TimeSpan.FromMinutes(10);

    private int changes;

    /// <summary>Called under the folder's lock.</summary>
    public void RunWhenDue()
    {
        if (Interlocked.Increment(ref changes) % ChangesBetween != 1)
        {
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            try
            {
                if (path.EndsWith(PrivateFiles.TemporarySuffix, StringComparison.Ordinal)
                    ? File.GetLastWriteTimeUtc(path) < now.UtcDateTime - OldestTemporary
                    : path.EndsWith(entrySuffix, StringComparison.Ordinal) && IsOver(path, now))
                {
                    File.Delete(path);
                }
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                // Left for the next sweep: nobody waits for this one.
            }
        }
    }

    private static bool IsOver(string path, DateTimeOffset now)
    {
        try
        {
            return PrivateFiles.Read(path) is { } content && EntryFile.Read(content).EndsOn <= now;
        }
        catch (InvalidDataException)
        {
            return false; // Its next reader reports it.
        }
    }
}
