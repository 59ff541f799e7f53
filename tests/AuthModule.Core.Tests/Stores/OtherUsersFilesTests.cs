using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.TestKit.Files;

#pragma warning disable CA1416 // Those that need Unix skip themselves on Windows.

namespace AuthModule.Core.Tests.Stores;

/// <summary>What another user owns or can write, and what is no file of its own, in every place where the store has a file.</summary>
public sealed class OtherUsersFilesTests : IDisposable
{
    private const string OwnedByAnother = "belongs to another user";
    private const string Writable = "can be written by others";

    // What happens to the place, and what the error has to say.
    private static readonly Dictionary<string, (Action<string> Do, string Says)> Faults = new()
    {
        ["owner"] = (path => Unix.Run("chown", $"{Unix.Somebody}", path), OwnedByAnother),
        ["group-write"] = (path => Unix.Run("chmod", "g+w", path), Writable),
        ["other-write"] = (path => Unix.Run("chmod", "o+w", path), Writable),
        ["link"] = (path => InPlaceOf(path, aside => File.CreateSymbolicLink(path, aside)), "is a symbolic link"),
        ["dangling-link"] = (path => InPlaceOf(path, aside => File.CreateSymbolicLink(path, aside + ".nowhere")), "is a symbolic link"),
        ["link-of-another"] = (path => InPlaceOf(path, aside => LinkOfAnother(path, aside)), OwnedByAnother),
        ["fifo"] = (path => InPlaceOf(path, _ => Unix.Run("mkfifo", path)), "is a FIFO"),
        ["folder"] = (path => InPlaceOf(path, _ => Directory.CreateDirectory(path)), "is a folder"),
    };

    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (string fault in Faults.Keys.Where(fault => fault != "link-of-another"))
            {
                cells.Add("entry", fault, "get");
                cells.Add("entry", fault, "set");
                cells.Add("entry", fault, "add");
                cells.Add("entry", fault, "take");
                cells.Add("changes.lock", fault, "set");
                cells.Add("changes.lock", fault, "remove");
                cells.Add("renewal.lock", fault, "lock");
                cells.Add("key", fault, "key");
            }

            foreach (string fault in (string[])["owner", "group-write", "other-write", "link-of-another"])
            {
                foreach (string use in (string[])["get", "set", "add", "take", "remove", "lock"])
                {
                    cells.Add("store", fault, use);
                }

                cells.Add("config", fault, "key");
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    [Trait("Feature", "N11")]
    public async Task It_is_refused_with_the_reason(string place, string fault, string use)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists, inherited from the user's profile.");
        Assert.SkipWhen(fault is "owner" or "link-of-another" && !Unix.IsRoot, "Only root can make files of another user.");
        FileStore store = await FilledAsync();
        Faults[fault].Do(PathOf(place));

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => UseAsync(store, use).WaitAsync(TimeSpan.FromMinutes(1), Stop));

        Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
        Assert.Contains(Faults[fault].Says, error.Message, StringComparison.Ordinal);
        Assert.Contains(place is "store" or "config" ? folder.File(place) : PathOf(place), error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
        Figures.Add("Stores: places of files × what others put there × uses", $"{Cells.Count} refused");
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task A_link_to_a_folder_of_ones_own_is_ones_own_choice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        await FilledAsync();
        File.CreateSymbolicLink(folder.File("link"), folder.File("store"));
        Assert.Equal((byte[])[1], await new FileStore(folder.File("link"), TimeProvider.System).GetAsync("a", Stop));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task Each_folder_that_is_made_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists, inherited from the user's profile.");
        var deep = new FileStore(folder.File("one/two/three"), TimeProvider.System);
        await deep.SetAsync("a", [1], null, Stop);
        StoreKeyFile.ReadOrCreate(folder.File("four/five/store.key"));
        Assert.All(
            (string[])["one", "one/two", "one/two/three", "four", "four/five"],
            made => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.File(made))));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task What_stands_in_the_folder_for_others_is_not_swept_and_stops_nobody()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "FIFOs are of Unix.");
        await FilledAsync();
        Unix.Run("mkfifo", folder.File("store/x.entry"));
        File.CreateSymbolicLink(folder.File("store/y.entry"), folder.File("store/x.entry"));
        await new FileStore(folder.File("store"), TimeProvider.System).SetAsync("b", [2], null, Stop).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(4, Directory.GetFiles(folder.File("store"), "*.entry").Length);
    }

    private async Task<FileStore> FilledAsync()
    {
        var store = new FileStore(folder.File("store"), TimeProvider.System);
        await store.SetAsync("a", [1], null, Stop);
        await (await store.LockAsync("a", TimeSpan.FromMinutes(1), Stop)).DisposeAsync();
        StoreKeyFile.ReadOrCreate(folder.File("config/store.key"));
        return store;
    }

    private string PathOf(string place) => place switch
    {
        "entry" => Assert.Single(Directory.GetFileSystemEntries(folder.File("store"), "*.entry")),
        "renewal.lock" => Assert.Single(Directory.GetFileSystemEntries(folder.File("store"), "renewal-*.lock")),
        "changes.lock" => folder.File("store/changes.lock"),
        "key" => folder.File("config/store.key"),
        _ => folder.File(place),
    };

    private Task UseAsync(FileStore store, string use) => use switch
    {
        "get" => store.GetAsync("a", Stop).AsTask(),
        "set" => store.SetAsync("a", [2], null, Stop).AsTask(),
        "add" => store.AddAsync("a", [2], null, Stop).AsTask(),
        "take" => store.TakeAsync("a", Stop).AsTask(),
        "remove" => store.RemoveAsync("a", Stop).AsTask(),
        "lock" => store.LockAsync("a", TimeSpan.FromMinutes(1), Stop).AsTask(),
        _ => Task.Run(() => StoreKeyFile.ReadOrCreate(folder.File("config/store.key")), Stop),
    };

    private static void InPlaceOf(string path, Action<string> put)
    {
        string aside = path + ".aside";
        Directory.Move(path, aside);
        put(aside);
    }

    private static void LinkOfAnother(string path, string aside)
    {
        File.CreateSymbolicLink(path, aside);
        Unix.Run("chown", "-h", $"{Unix.Somebody}", path);
    }
}
