using System;
using System.Collections.Generic;

namespace AuthModule.Stores.Redis;

/// <summary>The clients of this process: one for everything with the same address and credential, whatever prefix and database.</summary>
internal static class RedisPool
{
    private static readonly Dictionary<Key, Entry> Entries = [];

    /// <summary>How many are open.</summary>
    public static int Count
    {
        get
        {
            lock (Entries)
            {
                return Entries.Count;
            }
        }
    }

    /// <summary>To be given back by <see cref="Return"/>; the last to do so closes it.</summary>
    public static RedisClient Rent(RedisAddress address, RedisStoreSettings settings)
    {
        Key key = KeyOf(address, settings);
        lock (Entries)
        {
            if (!Entries.TryGetValue(key, out Entry? entry))
            {
                RedisPasswords? passwords = address.PasswordProfile is { } profile ? new RedisPasswords(profile, address.Name, settings.Tokens) : null;
                entry = new Entry(new RedisClient(address, settings.Clock, passwords, settings.Patience));
                Entries.Add(key, entry);
            }

            entry.Users++;
            return entry.Client;
        }
    }

    public static void Return(RedisAddress address, RedisStoreSettings settings)
    {
        Key key = KeyOf(address, settings);
        RedisClient? last = null;
        lock (Entries)
        {
            if (Entries.TryGetValue(key, out Entry? entry) && --entry.Users == 0)
            {
                Entries.Remove(key);
                last = entry.Client;
            }
        }

        last?.Close();
    }

    private static Key KeyOf(RedisAddress address, RedisStoreSettings settings) =>
        new(address.ConnectionIdentity, address.PasswordProfile is null ? settings with { Tokens = null } : settings);

    private sealed record Key(string Identity, RedisStoreSettings Settings);

    private sealed class Entry(RedisClient client)
    {
        public RedisClient Client { get; } = client;

        public int Users { get; set; }
    }
}
