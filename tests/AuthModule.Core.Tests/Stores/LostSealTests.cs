using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Stores;

/// <summary>A store that loses its first entry, or everything, while processes use it: they do not come apart.</summary>
public sealed class LostSealTests : IDisposable
{
    private static readonly StoreKey Bytes = StoreKey.FromBytes(RandomNumberGenerator.GetBytes(StoreKey.Length), "A test key");
    private static readonly StoreKey Passphrase = StoreKey.FromText("a passphrase of some length", "A test passphrase");

    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string, string>();
            foreach (string kind in (string[])["memory", "file"])
            {
                foreach (string key in (string[])["bytes", "passphrase"])
                {
                    foreach (string loss in (string[])["seal", "all"])
                    {
                        foreach (string first in (string[])["get", "set", "add", "take", "remove", "lock"])
                        {
                            cells.Add(kind, key, loss, first);
                        }
                    }
                }
            }

            return cells;
        }
    }

    // Whatever a running process does first, a new one finds what the running one writes, and the other way round.
    [Theory]
    [MemberData(nameof(Cells))]
    [Trait("Feature", "N3")]
    public async Task Running_processes_and_new_ones_stay_together(string kind, string key, string loss, string first)
    {
        (ITokenStore plain, StoreKey used) = Open(kind, key);
        var running = new EncryptedStore(plain, used);
        var other = new EncryptedStore(plain, used);
        await running.SetAsync("kept", [7], null, Stop);
        Assert.Equal((byte[])[7], await other.GetAsync("kept", Stop));

        await LoseAsync(plain, loss);
        await UseAsync(running, first);
        var newcomer = new EncryptedStore(plain, used);
        if (loss == "seal")
        {
            Assert.Equal((byte[])[7], await newcomer.GetAsync("kept", Stop));
        }

        await newcomer.SetAsync("new", [1], null, Stop);
        Assert.Equal((byte[])[1], await running.GetAsync("new", Stop));
        Assert.Equal((byte[])[1], await other.GetAsync("new", Stop));
        await other.SetAsync("old", [2], null, Stop);
        Assert.Equal((byte[])[2], await newcomer.GetAsync("old", Stop));
        await AssertOneLockAsync(running, newcomer);
        Figures.Add("Stores: kinds × keys × losses × first uses after a lost seal", $"{Cells.Count} stay together");
    }

    // A new process comes before any running one has noticed: with a passphrase it can only make a new salt.
    [Theory]
    [InlineData("memory", "bytes")]
    [InlineData("memory", "passphrase")]
    [InlineData("file", "bytes")]
    [InlineData("file", "passphrase")]
    [Trait("Feature", "N3")]
    public async Task A_newcomer_that_is_first_takes_the_others_along(string kind, string key)
    {
        (ITokenStore plain, StoreKey used) = Open(kind, key);
        var running = new EncryptedStore(plain, used);
        await running.SetAsync("kept", [7], null, Stop);
        IStoreLock held = await running.LockAsync("kept", TimeSpan.FromMinutes(1), Stop);

        await LoseAsync(plain, "seal");
        var newcomer = new EncryptedStore(plain, used);
        byte[]? found = await newcomer.GetAsync("kept", Stop);
        await newcomer.SetAsync("new", [1], null, Stop);

        // What needs no salt loses nothing; else it is one sign-in, and a lock on a name that nobody asks for is none.
        Assert.Equal(key == "bytes" ? [7] : null, found);
        Assert.Equal(key == "bytes", await held.IsHeldAsync(Stop));
        await held.DisposeAsync();
        Assert.Equal((byte[])[1], await running.GetAsync("new", Stop));
        await running.SetAsync("back", [3], null, Stop);
        Assert.Equal((byte[])[3], await newcomer.GetAsync("back", Stop));
        await AssertOneLockAsync(running, newcomer);
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task A_seal_of_another_key_that_came_in_between_is_said_by_those_who_run()
    {
        (ITokenStore plain, StoreKey used) = Open("memory", "bytes");
        var running = new EncryptedStore(plain, used);
        await running.SetAsync("kept", [7], null, Stop);
        await LoseAsync(plain, "all");
        await new EncryptedStore(plain, StoreKey.FromBytes(RandomNumberGenerator.GetBytes(StoreKey.Length), "Another")).SetAsync("theirs", [1], null, Stop);

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await running.SetAsync("mine", [2], null, Stop));

        Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
        Assert.Contains("another key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task A_store_of_an_earlier_version_keeps_its_salt()
    {
        var plain = new MemoryStore(TimeProvider.System);
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        EntryCipher salted = Bytes.ForSalt(salt);
        await plain.SetAsync(StoreHeader.EntryName, [.. salt, .. salted.Encrypt(StoreHeader.EntryName, "authmodule store 1"u8.ToArray())], null, Stop);
        string hidden = salted.NameOf("a");
        await plain.SetAsync(hidden, salted.Encrypt(hidden, [5]), null, Stop);

        var store = new EncryptedStore(plain, Bytes);
        Assert.Equal((byte[])[5], await store.GetAsync("a", Stop));
        await plain.RemoveAsync(StoreHeader.EntryName, Stop);
        await store.SetAsync("b", [6], null, Stop);
        Assert.Equal((byte[])[5], await new EncryptedStore(plain, Bytes).GetAsync("a", Stop));
    }

    private (ITokenStore Plain, StoreKey Key) Open(string kind, string key) => (
        kind == "file" ? new FileStore(folder.File("store"), TimeProvider.System) : new MemoryStore(TimeProvider.System),
        key == "bytes" ? Bytes : Passphrase);

    private async Task LoseAsync(ITokenStore plain, string loss)
    {
        if (loss == "seal")
        {
            Assert.True(await plain.RemoveAsync(StoreHeader.EntryName, Stop));
        }
        else if (plain is MemoryStore memory)
        {
            memory.Clear();
        }
        else
        {
            Directory.Delete(folder.File("store"), recursive: true);
        }
    }

    private static async Task UseAsync(EncryptedStore store, string use)
    {
        switch (use)
        {
            case "get":
                await store.GetAsync("absent", Stop);
                break;
            case "set":
                await store.SetAsync("mine", [9], null, Stop);
                break;
            case "add":
                Assert.True(await store.AddAsync("mine", [9], null, Stop));
                break;
            case "take":
                Assert.Null(await store.TakeAsync("absent", Stop));
                break;
            case "remove":
                Assert.False(await store.RemoveAsync("absent", Stop));
                break;
            default:
                await (await store.LockAsync("kept", TimeSpan.FromMinutes(1), Stop)).DisposeAsync();
                break;
        }
    }

    private static async Task AssertOneLockAsync(EncryptedStore one, EncryptedStore two)
    {
        IStoreLock held = await one.LockAsync("kept", TimeSpan.FromMinutes(1), Stop);
        Task<IStoreLock> waiting = two.LockAsync("kept", TimeSpan.FromMinutes(1), Stop).AsTask();
        Assert.True(await held.IsHeldAsync(Stop));
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        await (await waiting).DisposeAsync();
    }
}
