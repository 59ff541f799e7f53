using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Issuing;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Time;
using AuthModule.Tokens;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>What stores give back: files, sealed values, records, answers of Redis.</summary>
internal static class StoreTargets
{
    private static readonly ManualTimeProvider Clock = new();
    private static readonly StoreKey Key = StoreKey.FromBytes(new byte[StoreKey.Length], "the test");
    private static readonly EntryCipher Sealing = Key.ForSalt(new byte[16]);

    private static readonly string[] Answers =
    [
        "+OK\r\n-NOAUTH Authentication required.\r\n", "-WRONGPASS invalid\r\n", "-LOADING Redis is loading\r\n", "-ERR max number of clients reached\r\n",
        "$5\r\nhello\r\n-MASTERDOWN Link\r\n", "-DENIED Redis is running in protected mode\r\n", "-NOPERM this user has no permissions to run the 'ping' command\r\n",
    ];

    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfBytes("store file", [EntryFile.Write([1, 2, 3], null), EntryFile.Write([], Clock.GetUtcNow())], static bytes => EntryFile.Read(bytes))
            with { Documented = typeof(InvalidDataException) },
        FuzzTarget.OfBytes("store file with its hash made good", [EntryFile.Write([1, 2, 3], Clock.GetUtcNow())[..^32]], static bytes => EntryFile.Read([.. bytes, .. SHA256.HashData(bytes)]))
            with { Documented = typeof(InvalidDataException) },
        FuzzTarget.OfBytes("sealed value", [Sealing.Encrypt("name", [1, 2, 3])], static bytes => RequireValue(Sealing.Decrypt("name", bytes)), AuthErrorId.StoreCorrupt),
        new("sealed store", [Seal()], OpenSealedAsync) { Ids = [AuthErrorId.StoreUnavailable], Share = 0.25 },
        FuzzTarget.OfBytes("session in a store", [Tokens()], static bytes => StoredTokens.Read(bytes, Clock, null)) with { Documented = typeof(InvalidDataException) },
        FuzzTarget.OfBytes(
            "record of the local issuer",
            ["""{"type":"access","user_id":"ann","expires_at":1790000000,"scopes":["a"],"client_id":"c","claims":{"x":1}}"""u8.ToArray()],
            static bytes => TokenRecordJson.Read(bytes, "memory"),
            AuthErrorId.StoreCorrupt),
        new("Redis answer to a handshake", [.. Array.ConvertAll(Answers, static text => System.Text.Encoding.ASCII.GetBytes(text))], LookAtAnswer) { Ids = [AuthErrorId.StoreUnavailable] },
    ];

    private static void RequireValue(byte[]? value)
    {
        if (value is null)
        {
            throw AuthError.Create(AuthErrorId.StoreCorrupt, "It was changed.");
        }
    }

    private static byte[] Tokens() => StoredTokens.Write(
        new TokenSet(Clock, Clock.GetTimestamp())
        {
            AccessToken = Secret.From("access"),
            RefreshToken = Secret.From("refresh"),
            IssuedOn = Clock.GetUtcNow(),
            ExpiresOn = Clock.GetUtcNow().AddHours(1),
            Lifetime = TimeSpan.FromHours(1),
            SignInGrant = "password",
            Scopes = ["a", "b"],
            Skew = TimeSpan.FromSeconds(3),
        },
        Clock);

    // The seal is what a store is opened by, so it is the first that an attacker would change.
    private static async Task OpenSealedAsync(byte[] seal)
    {
        var inner = new MemoryStore(Clock);
        await inner.SetAsync(StoreHeader.EntryName, seal, null, CancellationToken.None);
        await new EncryptedStore(inner, Key).GetAsync("x", CancellationToken.None);
    }

    private static byte[] Seal()
    {
        var store = new MemoryStore(Clock);
        StoreHeader.OpenAsync(store, Key, CancellationToken.None).GetAwaiter().GetResult();
        return store.GetAsync(StoreHeader.EntryName, CancellationToken.None).AsTask().GetAwaiter().GetResult()!;
    }

    // The library reads the answers; what is ours is to find the one that says why nobody is taken in.
    private static Task LookAtAnswer(byte[] bytes)
    {
        var report = new RedisReport();
        report.Look(bytes);
        return report.Worst is null ? throw AuthError.Create(AuthErrorId.StoreUnavailable, "Nothing says why.") : Task.CompletedTask;
    }
}
