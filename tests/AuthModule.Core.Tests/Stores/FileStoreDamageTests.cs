using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Platform;
using AuthModule.Stores.Files;
using AuthModule.TestKit.Files;
using Xunit;

#pragma warning disable CA1416 // Those that need Unix skip themselves on Windows.

namespace AuthModule.Core.Tests.Stores;

public sealed class FileStoreDamageTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly FileStore store;

    public FileStoreDamageTests() => store = new FileStore(folder.File("store"), TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Damages => ["empty", "cut", "flipped", "foreign", "longer"];

    [Theory]
    [MemberData(nameof(Damages))]
    [Trait("Feature", "N11")]
    public async Task A_damaged_file_is_an_error_and_is_kept(string damage)
    {
        await store.SetAsync("a", [1, 2, 3, 4], null, Stop);
        string file = Assert.Single(Directory.GetFiles(folder.File("store"), "*.entry"));
        byte[] good = await File.ReadAllBytesAsync(file, Stop);
        byte[] bad = damage switch
        {
            "empty" => [],
            "cut" => good[..^5],
            "flipped" => [.. good[..14], (byte)(good[14] ^ 1), .. good[15..]],
            "foreign" => "not ours"u8.ToArray(),
            _ => [.. good, 0],
        };
        await File.WriteAllBytesAsync(file, bad, Stop);

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await store.GetAsync("a", Stop));

        Assert.Equal(AuthErrorId.StoreCorrupt, error.Code);
        string kept = Assert.Single(Directory.GetFiles(folder.File("store"), "*.corrupt-*"));
        Assert.Contains(Path.GetFileName(kept), error.Message, StringComparison.Ordinal);
        Assert.Equal(bad, await File.ReadAllBytesAsync(kept, Stop));

        // The next sign-in fills a new one.
        Assert.Null(await store.GetAsync("a", Stop));
        await store.SetAsync("a", [9], null, Stop);
        Assert.Equal((byte[])[9], await store.GetAsync("a", Stop));
    }

    [Fact]
    public async Task Half_a_replacement_changes_nothing()
    {
        await store.SetAsync("a", [1], null, Stop);
        string file = Assert.Single(Directory.GetFiles(folder.File("store"), "*.entry"));
        await File.WriteAllBytesAsync(file + ".abc" + PrivateFiles.TemporarySuffix, [0, 0], Stop);
        Assert.Equal((byte[])[1], await store.GetAsync("a", Stop));
        await store.SetAsync("a", [2], null, Stop);
        Assert.Equal((byte[])[2], await store.GetAsync("a", Stop));
    }

    [Fact]
    public async Task What_has_run_out_and_what_was_left_behind_is_swept()
    {
        // What ended a moment ago stays for a while: clocks differ.
        await new FileStore(folder.File("store"), new MovedClock(TimeSpan.FromDays(-2))).SetAsync("old", [1], TimeSpan.FromMilliseconds(1), Stop);
        File.SetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(folder.File("store"), "*.entry")), DateTime.UtcNow.AddDays(-2));
        await store.SetAsync("kept", [2], null, Stop);
        string left = folder.File("store/left.tmp");
        await File.WriteAllBytesAsync(left, [0], Stop);
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-1));

        // A later process sweeps at its first change.
        var later = new FileStore(folder.File("store"), new MovedClock(TimeSpan.FromMinutes(1)));
        await later.SetAsync("new", [3], null, Stop);

        Assert.False(File.Exists(left));
        Assert.Equal(2, Directory.GetFiles(folder.File("store"), "*.entry").Length);
        Assert.Equal((byte[])[2], await later.GetAsync("kept", Stop));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task Files_and_folder_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists, inherited from the user's profile.");
        await store.SetAsync("a", [1], null, Stop);
        await using (await store.LockAsync("a", TimeSpan.FromMinutes(1), Stop))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.File("store")));
            Assert.All(
                Directory.GetFiles(folder.File("store")),
                file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
            Assert.Equal(3, Directory.GetFiles(folder.File("store")).Length);
        }
    }

    [Fact]
    public async Task A_place_that_cannot_be_a_folder_is_said_so()
    {
        await File.WriteAllTextAsync(folder.File("file"), "x", Stop);
        var impossible = new FileStore(folder.File("file"), TimeProvider.System);
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await impossible.SetAsync("a", [1], null, Stop));
        Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
        Assert.Contains(folder.File("file"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_holder_that_is_only_slow_keeps_the_lock()
    {
        var clock = new AuthModule.TestKit.Time.ManualTimeProvider();
        var slow = new FileStore(folder.File("store"), clock);
        IStoreLock held = await slow.LockAsync("a", TimeSpan.FromSeconds(10), Stop);
        Task<IStoreLock> next = slow.LockAsync("a", TimeSpan.FromSeconds(10), Stop).AsTask();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await held.IsHeldAsync(Stop));
        Assert.False(next.IsCompleted);
        await held.DisposeAsync();
        while (!next.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await using IStoreLock taken = await next;
        Assert.True(await taken.IsHeldAsync(Stop));
    }

    private sealed class MovedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
