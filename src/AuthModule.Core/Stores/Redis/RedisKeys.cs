using System;
using System.Globalization;

namespace AuthModule.Stores.Redis;

/// <summary>
/// What entries and what belongs to them are called. A cluster puts a key where the part in its first braces belongs, else the
/// whole key: so that an entry keeps its name everywhere, its lock has that name in braces. All begin with the prefix, which is
/// what an ACL can allow.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    public string EntryOf(string name) => prefix + name;

    public string LockOf(string name) => $"{prefix}lock:{{{SlotOf(prefix + name)}}}";

    public string AsideOf(string name, DateTimeOffset time) =>
        $"{prefix}{{{SlotOf(prefix + name)}}}.corrupt-{time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";

    private static string SlotOf(string key)
    {
        int open = key.IndexOf('{');
        int close = open < 0 ? -1 : key.IndexOf('}', open);
        return close > open + 1 ? key.Substring(open + 1, close - open - 1) : key;
    }
}
