using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Issuing;
using AuthModule.Text;

namespace AuthModule.TestServer.Users;

/// <summary>An API key without the key itself, of which only a hash is kept.</summary>
internal sealed record ApiKeyRecord(string Id, string Hash, string Owner, string Name)
{
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Description { get; init; }

    public required DateTimeOffset CreatedOn { get; init; }

    /// <summary>Null for a key without an end.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }
}

/// <summary>The API keys that people made for themselves.</summary>
internal sealed class ApiKeys(TimeProvider clock)
{
    /// <summary>Of every key, so that one that strays into a log is recognized.</summary>
    public const string Prefix = "ak_";

    /// <summary>Of one person: who makes more loses the oldest.</summary>
    public const int MaxPerOwner = 100;

    private readonly ConcurrentDictionary<string, ApiKeyRecord> byId = new(StringComparer.Ordinal);

    /// <summary>The key is shown here and never again.</summary>
    public (ApiKeyRecord Record, string Key) Create(string owner, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresOn = null, string? description = null)
    {
        string key = NewKey();
        var record = new ApiKeyRecord(RandomText.Base64Url(9), TokenKey.Hash(key), owner, name)
        {
            Scopes = scopes,
            Description = description,
            CreatedOn = clock.GetUtcNow(),
            ExpiresOn = expiresOn,
        };
        IReadOnlyList<ApiKeyRecord> others = Of(owner);
        if (others.Count >= MaxPerOwner)
        {
            byId.TryRemove(others[0].Id, out _);
        }

        byId[record.Id] = record;
        return (record, key);
    }

    public IReadOnlyList<ApiKeyRecord> Of(string owner) =>
        [.. byId.Values.Where(record => record.Owner == owner).OrderBy(static record => record.CreatedOn).ThenBy(static record => record.Id, StringComparer.Ordinal)];

    /// <summary>Null for a key that is unknown or has run out.</summary>
    public ApiKeyRecord? Find(string? key) =>
        TokenKey.TryHash(key, out string hash)
            ? byId.Values.FirstOrDefault(record => record.Hash == hash && !(record.ExpiresOn <= clock.GetUtcNow()))
            : null;

    /// <summary>By id or by the key itself, as some services want it.</summary>
    public bool Remove(string owner, string idOrKey) =>
        FindOwned(owner, idOrKey) is { } record && byId.TryRemove(record.Id, out _);

    /// <summary>A new key under the same id; null where there is none.</summary>
    public (ApiKeyRecord Record, string Key)? Regenerate(string owner, string idOrKey)
    {
        if (FindOwned(owner, idOrKey) is not { } record)
        {
            return null;
        }

        string key = NewKey();
        ApiKeyRecord renewed = record with { Hash = TokenKey.Hash(key), CreatedOn = clock.GetUtcNow() };
        byId[record.Id] = renewed;
        return (renewed, key);
    }

    private static string NewKey() => Prefix + RandomText.Base64Url(32);

    private ApiKeyRecord? FindOwned(string owner, string idOrKey) =>
        Of(owner).FirstOrDefault(record => record.Id == idOrKey || record.Hash == TokenKey.Hash(idOrKey));
}
