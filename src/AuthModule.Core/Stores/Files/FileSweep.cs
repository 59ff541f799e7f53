using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using AuthModule.Platform;

namespace AuthModule.Stores.Files;

/// <summary>
/// Removes what has run out, and what a killed process left half-written: at a process' first change, then now and then, some
/// of it at a time. What is over is looked for before the folder's lock is taken, and looked at again under it.
/// </summary>
/// <remarks>
/// A clock of this process may be wrong. What the folder knew of the time before this process came, and what has passed since
/// by a clock that nobody sets, is a second opinion: only what ended well before both goes.
/// </remarks>
internal sealed class FileSweep(string folder, string entrySuffix, TimeProvider clock)
{
    /// <summary>Files that are looked at in one go.</summary>
    public const int MaxLookedAt = 256;

    private const int ChangesBetween = 256;
    private const int ChangesBetweenInLargeFolders = 16;

    private static readonly TimeSpan OldestTemporary = TimeSpan.FromMinutes(10);

    // Clocks of processes differ, by time zones at worst.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly object gate = new();
    private DateTimeOffset? knownTime;
    private long knownAt;
    private int changes;
    private int between = ChangesBetween;

    /// <summary>What seems to be over, where it is time to look. Called without the folder's lock, before the first change.</summary>
    public IReadOnlyList<string> Look()
    {
        DateTimeOffset now = Now();
        if (Interlocked.Increment(ref changes) % Volatile.Read(ref between) != 1)
        {
            return [];
        }

        try
        {
            string[] files = Directory.GetFiles(folder);
            Volatile.Write(ref between, files.Length > MaxLookedAt ? ChangesBetweenInLargeFolders : ChangesBetween);
            int first = files.Length > MaxLookedAt ? RandomIndex(files.Length) : 0;
            return [.. Enumerable.Range(0, Math.Min(files.Length, MaxLookedAt)).Select(i => files[(first + i) % files.Length]).Where(path => IsOver(path, now))];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return []; // Left for the next sweep: nobody waits for this one.
        }
    }

    /// <summary>Called under the folder's lock: one that was replaced since stays.</summary>
    public void Remove(IReadOnlyList<string> seen)
    {
        DateTimeOffset now = Now();
        foreach (string path in seen)
        {
            try
            {
                if (IsOver(path, now))
                {
                    File.Delete(path);
                }
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                // As above.
            }
        }
    }

    // The folder's own time is that of the last change that anybody made in it. After a change of this process it would be this
    // process' opinion.
    private DateTimeOffset Now()
    {
        lock (gate)
        {
            if (knownTime is not { } known)
            {
                known = new DateTimeOffset(Directory.GetLastWriteTimeUtc(folder), TimeSpan.Zero);
                knownTime = known;
                knownAt = clock.GetTimestamp();
            }

            DateTimeOffset shown = clock.GetUtcNow();
            DateTimeOffset measured = known + clock.GetElapsedTime(knownAt);
            return shown < measured ? shown : measured;
        }
    }

    private bool IsOver(string path, DateTimeOffset now)
    {
        try
        {
            return path.EndsWith(PrivateFiles.TemporarySuffix, StringComparison.Ordinal)
                ? File.GetLastWriteTimeUtc(path) < now.UtcDateTime - OldestTemporary
                : path.EndsWith(entrySuffix, StringComparison.Ordinal)
                    && OwnFiles.IsPlainFile(path)
                    && PrivateFiles.ReadStart(path, EntryFile.HeaderLength) is { } start
                    && EntryFile.EndOf(start) < now - Margin
                    && File.GetLastWriteTimeUtc(path) < now.UtcDateTime - Margin; // Written since, by a clock that is behind.
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int RandomIndex(int count) => (int)(BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)), 0) % count);
}
