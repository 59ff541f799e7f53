using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Secrets;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.Stores.Redis;

namespace AuthModule.Stores;

/// <summary>Opens stores by their address. Each kind is a line here; those that outlive the process are sealed.</summary>
internal sealed class StoreCatalog(TimeProvider clock, IEnvironment environment, Func<string, bool, CancellationToken, Task<Secret>>? profileTokens = null)
{
    public const string Memory = "memory";
    public const int MaxStores = 256;
    public const string KeyVariable = "AUTHMODULE_STORE_KEY";

    private static readonly ConcurrentDictionary<string, Func<string, StoreSettings, ITokenStore>> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["file"] = FileStore.Open,
        ["redis"] = RedisStore.Open,
        ["rediss"] = RedisStore.Open,
        ["redis-sentinel"] = RedisStore.Open,
        ["rediss-sentinel"] = RedisStore.Open,
    };

    private readonly StoreSettings settings = new(clock, environment) { Redis = new RedisStoreSettings(clock) { Tokens = profileTokens } };
    private readonly ConcurrentDictionary<string, OpenStore> opened = new(StringComparer.Ordinal);
    private StoreKey? keyOfFile;

    /// <summary>One more kind, for code outside of the engine's sources.</summary>
    /// <param name="kind">The word before the colon of its addresses.</param>
    /// <param name="open">Makes one of an address.</param>
    public static void Add(string kind, Func<string, StoreSettings, ITokenStore> open) => Kinds[kind] = open;

    /// <summary>True for what only this process can use. Looks at nothing but the text.</summary>
    public static bool IsMemory(string? address) => string.IsNullOrWhiteSpace(address) || string.Equals(address!.Trim(), Memory, StringComparison.OrdinalIgnoreCase);

    /// <summary>What Redis stores of this catalog are made with.</summary>
    public RedisStoreSettings RedisSettings => settings.Redis;

    /// <summary>A store that others can open too, with the key that seals it. The same address gives the same object.</summary>
    /// <exception cref="ConfigurationException">InvalidUrl: there is no such kind, or its address is malformed; InvalidKey.</exception>
    /// <exception cref="AuthServiceException">StoreUnavailable: there is no key and none can be made.</exception>
    public OpenStore OpenShared(string address)
    {
        string text = address.Trim();
        StoreKey key = ReadKey();

        // The dictionary must not keep a password of the address in plain text.
        string known = key.Fingerprint + AuthModule.Secrets.ProcessHash.Of(text + '\n' + environment.Get("REDIS_PASSWORD"));
        return opened.TryGetValue(known, out OpenStore? store) ? store : opened.GetOrAdd(known, _ => Open(text, key));
    }

    /// <summary>Closes the connections of those that have one and forgets them all; a store in use opens its connection again.</summary>
    public void Release()
    {
        foreach (string known in opened.Keys)
        {
            if (opened.TryRemove(known, out OpenStore? store))
            {
                (store.Plain as IDisposable)?.Dispose();
            }
        }
    }

    /// <summary>A store as the local issuer and other keepers of bytes use it: <c>memory</c> is a new one each time.</summary>
    /// <exception cref="AuthException">As <see cref="OpenShared"/>.</exception>
    public ITokenStore Open(string? address) => IsMemory(address) ? new MemoryStore(clock) : OpenShared(address!).Store;

    // One that is let go while it is in use would lose its locks, so there is an end to them instead.
    private OpenStore Open(string text, StoreKey key)
    {
        if (opened.Count >= MaxStores)
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"This process has {MaxStores} stores open; no more are opened.",
                new ErrorDetails { Action = "Use fewer stores: many sessions can share one." });
        }

        ITokenStore plain = OpenPlain(text);
        string identity = plain is IIdentifiedStore identified ? identified.Identity : plain.Name;
        return new OpenStore(new EncryptedStore(plain, key), key) { Plain = plain, Identity = $"{key.Fingerprint} {identity}" };
    }

    /// <summary>A store without its sealing, for looking at it; nothing is opened or kept here.</summary>
    /// <exception cref="ConfigurationException">InvalidUrl.</exception>
    public ITokenStore OpenPlain(string address)
    {
        string text = address.Trim();
        if (IsMemory(text))
        {
            return new MemoryStore(clock);
        }

        int colon = text.IndexOf(':');
        string kind = colon < 0 ? text : text.Substring(0, colon);
        try
        {
            return Kinds.TryGetValue(kind, out Func<string, StoreSettings, ITokenStore>? open)
                ? open(text, settings)
                : throw UnknownKind(kind);
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException or System.IO.PathTooLongException)
        {
            throw AuthError.Create(AuthErrorId.InvalidUrl, $"The address of the {kind} store is not usable: {cause.Message}", new ErrorDetails { Cause = cause, Action = Advice });
        }
    }

    private static string Advice => $"Use {Memory}, file, file:PATH, redis://HOST:PORT/DATABASE, rediss:// for TLS, or redis-sentinel://HOST,HOST/SERVICE/DATABASE.";

    // Only the part that cannot hold a password is quoted.
    private static AuthException UnknownKind(string kind) =>
        AuthError.Create(AuthErrorId.InvalidUrl, $"There is no kind of store called '{(kind.All(letter => char.IsLetterOrDigit(letter) || letter == '-') && kind.Length <= 32 ? kind : "...")}'.", Advice);

    // Read once: the same key belongs to everything that this process keeps.
    private StoreKey ReadKey() => environment.Get(KeyVariable) is { } text
        ? StoreKey.FromText(text, KeyVariable)
        : LazyInitializer.EnsureInitialized(ref keyOfFile, () => StoreKeyFile.ReadOrCreate(UserFolders.KeyFile(environment)))!;
}

/// <summary>A store that outlives the process, and its key.</summary>
internal sealed record OpenStore(ITokenStore Store, StoreKey Key)
{
    /// <summary>What is under the sealing, which may hold a connection.</summary>
    public ITokenStore? Plain { get; init; }

    /// <summary>Different for stores that differ in anything, also where their names are the same; without a meaning outside of this process.</summary>
    public string Identity { get; init; } = Store.Name;
}
