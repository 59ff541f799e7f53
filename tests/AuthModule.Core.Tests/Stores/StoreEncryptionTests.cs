using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Platform;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.TestKit.Files;
using Xunit;

#pragma warning disable CA1416 // Those that need Unix skip themselves on Windows.

namespace AuthModule.Core.Tests.Stores;

public sealed class StoreEncryptionTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Feature", "N11")]
    public async Task Neither_values_nor_names_can_be_read_in_the_files()
    {
        EncryptedStore store = Open(NewKey());
        await store.SetAsync("session:canary-name", "canary-value"u8.ToArray(), null, Stop);
        Assert.Equal("canary-value"u8.ToArray(), await store.GetAsync("session:canary-name", Stop));
        foreach (string file in Directory.GetFiles(folder.Path))
        {
            Assert.DoesNotContain("canary", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Stop)) + file, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_value_looks_different_each_time()
    {
        EntryCipher cipher = StoreKey.FromBytes(NewKey(), "k").ForSalt([1]);
        byte[] first = cipher.Encrypt("a", [1, 2, 3]);
        Assert.NotEqual(first, cipher.Encrypt("a", [1, 2, 3]));
        Assert.Equal<byte>([1, 2, 3], cipher.Decrypt("a", first)!);
        await Task.CompletedTask;
    }

    [Fact]
    public void Each_changed_bit_is_noticed()
    {
        EntryCipher cipher = StoreKey.FromBytes(NewKey(), "k").ForSalt([1]);
        byte[] value = cipher.Encrypt("a", [1, 2, 3]);
        for (int i = 0; i < value.Length * 8; i++)
        {
            byte[] changed = (byte[])value.Clone();
            changed[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Null(cipher.Decrypt("a", changed));
        }

        Assert.Null(cipher.Decrypt("b", value));
        Assert.Null(cipher.Decrypt("a", value[..^1]));
        Assert.Null(cipher.Decrypt("a", []));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task A_wrong_key_reads_nothing_and_overwrites_nothing()
    {
        byte[] right = NewKey();
        await Open(right).SetAsync("a", [1], null, Stop);
        string[] before = Content();
        EncryptedStore wrong = Open(NewKey());

        foreach (Func<Task> use in (Func<Task>[])[
            async () => await wrong.GetAsync("a", Stop),
            async () => await wrong.SetAsync("a", [2], null, Stop),
            async () => await wrong.AddAsync("a", [2], null, Stop),
            async () => await wrong.TakeAsync("a", Stop),
            async () => await wrong.RemoveAsync("a", Stop),
            async () => await wrong.LockAsync("a", TimeSpan.FromSeconds(1), Stop)])
        {
            AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(use);
            Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
            Assert.Contains("another key", error.Message, StringComparison.Ordinal);
            Assert.Contains("AUTHMODULE_STORE_KEY", error.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(before, Content());
        Assert.Equal((byte[])[1], await Open(right).GetAsync("a", Stop));
    }

    [Fact]
    public async Task A_value_that_was_swapped_for_another_is_refused_and_kept_aside()
    {
        byte[] key = NewKey();
        EncryptedStore store = Open(key);
        await store.SetAsync("a", [1], null, Stop);
        string[] first = Directory.GetFiles(folder.Path, "*.entry");
        await store.SetAsync("b", [2], null, Stop);
        string[] entries = Directory.GetFiles(folder.Path, "*.entry");
        string second = Assert.Single(entries, file => !first.Contains(file));
        byte[] stolen = EntryFile.Read(await File.ReadAllBytesAsync(second, Stop)).Value;
        foreach (string file in first)
        {
            if (EntryFile.Read(await File.ReadAllBytesAsync(file, Stop)).Value.Length == stolen.Length)
            {
                await File.WriteAllBytesAsync(file, EntryFile.Write(stolen, null), Stop);
            }
        }

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await store.GetAsync("a", Stop));
        Assert.Equal(AuthErrorId.StoreCorrupt, error.Code);
        Assert.Single(Directory.GetFiles(folder.Path, "*.corrupt-*"));
        Assert.Null(await store.GetAsync("a", Stop));
        Assert.Equal((byte[])[2], await store.GetAsync("b", Stop));
    }

    [Fact]
    public async Task Two_processes_that_open_a_new_store_at_once_use_one_seal()
    {
        byte[] key = NewKey();
        EncryptedStore[] stores = [.. Enumerable.Range(0, 8).Select(_ => Open(key))];
        await Task.WhenAll(stores.Select((store, i) => store.SetAsync("k" + i, [(byte)i], null, Stop).AsTask()));
        for (int i = 0; i < stores.Length; i++)
        {
            Assert.Equal((byte[])[(byte)i], await stores[^1].GetAsync("k" + i, Stop));
        }
    }

    [Fact]
    [Trait("Feature", "N11")]
    public void A_passphrase_makes_other_keys_in_each_store()
    {
        StoreKey key = StoreKey.FromText("a passphrase of some length", "X");
        byte[] value = key.ForSalt([1]).Encrypt("a", [7]);
        Assert.Equal<byte>([7], StoreKey.FromText(" a passphrase of some length\n", "Y").ForSalt([1]).Decrypt("a", value)!);
        Assert.Null(key.ForSalt([2]).Decrypt("a", value));
        Assert.NotEqual(key.ForSalt([1]).NameOf("a"), key.ForSalt([2]).NameOf("a"));
    }

    [Fact]
    public void Derivation_of_a_passphrase_is_the_published_one()
    {
        // RFC 7914, section 11: PBKDF2-HMAC-SHA256, password "passwd", salt "salt", one round, first block.
        byte[] derived = Rfc2898DeriveBytes.Pbkdf2("passwd"u8.ToArray(), "salt"u8.ToArray(), 1, HashAlgorithmName.SHA256, 32);
        Assert.Equal("55AC046E56E3089FEC1691C22544B605F94185216DDE0465E68B9D57C20DACBC", Convert.ToHexString(derived));
    }

    [Fact]
    public void A_short_key_is_refused_without_being_quoted()
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => StoreKey.FromText("short-canary", StoreCatalog.KeyVariable));
        Assert.Equal(AuthErrorId.InvalidKey, error.Code);
        Assert.DoesNotContain("canary", error.ToJson() + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Base64_of_32_bytes_is_taken_in_each_alphabet()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xFB, 32)];
        string standard = Convert.ToBase64String(bytes);
        string[] forms = [standard, standard.TrimEnd('='), standard.Replace('+', '-').Replace('/', '_')];
        Assert.All(forms, form => Assert.Equal(StoreKey.FromBytes(bytes, "x").Fingerprint, StoreKey.FromText(form, "y").Fingerprint));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public void A_key_file_is_made_once_and_for_its_owner_only()
    {
        string file = folder.File("config/store.key");
        string[] keys = [.. Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16).Select(_ => StoreKeyFile.ReadOrCreate(file).Fingerprint)];
        Assert.Single(keys.Distinct());
        Assert.Equal([file], Directory.GetFiles(folder.File("config")));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists, inherited from the user's profile.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public void A_key_file_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists, inherited from the user's profile.");
        string file = folder.File("store.key");
        StoreKeyFile.ReadOrCreate(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => StoreKeyFile.ReadOrCreate(file));
        Assert.Equal(AuthErrorId.InvalidKey, error.Code);
        Assert.Contains("chmod 600", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_without_a_key_is_refused_and_not_replaced()
    {
        string file = folder.File("store.key");
        PrivateFiles.TryCreate(file, "nothing"u8.ToArray());
        Assert.Equal(AuthErrorId.InvalidKey, Assert.Throws<ConfigurationException>(() => StoreKeyFile.ReadOrCreate(file)).Code);
        Assert.Equal("nothing", File.ReadAllText(file));
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(StoreKey.Length);

    private EncryptedStore Open(byte[] key) => new(new FileStore(folder.Path, TimeProvider.System), StoreKey.FromBytes(key, "A test key"));

    private string[] Content() => [.. Directory.GetFiles(folder.Path, "*.entry").Order().Select(file => file + Convert.ToHexString(File.ReadAllBytes(file)))];
}
