using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Platform;
using AuthModule.Stores.Files;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Stores;

public sealed class FileSweepTests : IDisposable
{
    private const int Many = 10_000;

    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [Trait("Feature", "N8")]
    [InlineData(365)]
    [InlineData(2)]
    public async Task A_process_whose_clock_is_ahead_deletes_nobodys_sessions(int daysAhead)
    {
        var right = new FileStore(folder.File("store"), TimeProvider.System);
        for (int i = 0; i < 20; i++)
        {
            await right.SetAsync($"session {i}", [(byte)i], TimeSpan.FromHours(1 + i), Stop);
        }

        var ahead = new FileStore(folder.File("store"), new MovedClock(TimeSpan.FromDays(daysAhead)));
        for (int i = 0; i < 600; i++)
        {
            await ahead.SetAsync("mine", [1], TimeSpan.FromHours(1), Stop);
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal((byte[])[(byte)i], await right.GetAsync($"session {i}", Stop));
        }
    }

    [Fact]
    [Trait("Feature", "N8")]
    public async Task A_process_whose_clock_is_behind_keeps_what_it_wrote()
    {
        var behind = new FileStore(folder.File("store"), new MovedClock(TimeSpan.FromDays(-365)));
        await behind.SetAsync("old", [1], TimeSpan.FromHours(1), Stop);
        await new FileStore(folder.File("store"), TimeProvider.System).SetAsync("new", [2], TimeSpan.FromHours(1), Stop);

        // By its file it ended a year ago; it was written a moment ago.
        Assert.Equal((byte[])[1], await behind.GetAsync("old", Stop));
        Assert.Equal((byte[])[2], await behind.GetAsync("new", Stop));
    }

    [Fact]
    [Trait("Feature", "N15")]
    public async Task Ten_thousand_entries_are_swept_some_at_a_time()
    {
        var past = new FileStore(folder.File("store"), new MovedClock(TimeSpan.FromDays(-3)));
        await past.SetAsync("first", [1], null, Stop);
        byte[] over = EntryFile.Write([1], DateTimeOffset.UtcNow.AddDays(-3));
        for (int i = 0; i < Many; i++)
        {
            string path = folder.File($"store/{i:x64}.entry");
            await File.WriteAllBytesAsync(path, over, Stop);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-3));
        }

        var store = new FileStore(folder.File("store"), TimeProvider.System);
        int most = 0, before = Count();
        long startedAt = TimeProvider.System.GetTimestamp();
        await store.SetAsync("second", [2], null, Stop);
        TimeSpan took = TimeProvider.System.GetElapsedTime(startedAt);
        for (int i = 0; i < 40; i++)
        {
            int now = Count();
            most = Math.Max(most, before - now);
            before = now;
            await store.SetAsync("second", [2], null, Stop);
        }

        Assert.InRange(most, 1, FileSweep.MaxLookedAt);
        Assert.True(before <= Many - (2 * FileSweep.MaxLookedAt) + 2);
        Assert.Equal((byte[])[1], await store.GetAsync("first", Stop));
        Figures.Add("Stores: first change of a process in a folder of 10,000 entries that are over", $"{took.TotalMilliseconds:0} ms, at most {most} of them swept at a time");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_no_temporary_file()
    {
        var store = new FileStore(folder.File("store"), TimeProvider.System);
        await store.SetAsync("a", [1], null, Stop);
        string entry = Assert.Single(Directory.GetFiles(folder.File("store"), "*.entry"));

        // Something that cannot be replaced by a file is in the way.
        File.Delete(entry);
        Directory.CreateDirectory(Path.Combine(entry, "full"));
        Assert.ThrowsAny<Exception>(() => PrivateFiles.Replace(entry, [2]));
        Assert.Empty(Directory.GetFiles(folder.File("store"), "*.tmp"));
    }

    [Fact]
    public async Task A_full_disk_leaves_no_temporary_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Unix.IsRoot, "Only root can mount a file system that is full.");
        string small = folder.File("small");
        Directory.CreateDirectory(small);
        using var mount = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=64k,mode=700", "none", small]) { RedirectStandardError = true })!;
        await mount.WaitForExitAsync(Stop);
        Assert.SkipWhen(mount.ExitCode != 0, "This machine does not let a test mount anything.");
        try
        {
            var store = new FileStore(Path.Combine(small, "store"), TimeProvider.System);
            await store.SetAsync("a", new byte[8192], null, Stop);
            AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await store.SetAsync("a", new byte[100_000], null, Stop));
            Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
            Assert.Empty(Directory.GetFiles(Path.Combine(small, "store"), "*.tmp"));
            Assert.Equal(8192, (await store.GetAsync("a", Stop))!.Length);
        }
        finally
        {
            Unix.Run("umount", small);
        }
    }

    private int Count() => Directory.GetFiles(folder.File("store"), "*.entry").Length;

    // The pauses of a lock run on real time; only the wall clock is moved.
    private sealed class MovedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
