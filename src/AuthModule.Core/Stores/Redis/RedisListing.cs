using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>
/// The names of the entries of one prefix, page by page (SCAN) from each primary, so that a large Redis goes on answering others meanwhile.
/// SCAN may name a key twice; each is given once. Locks share the prefix and are no entries.
/// </summary>
internal static class RedisListing
{
    private const int Page = 500;

    // Of an entry: SHA-256 in hex digits.
    private const int NameLength = 64;

    public static async Task<IReadOnlyCollection<string>> NamesAsync(RedisConnection connection, RedisAddress address, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (IServer server in connection.Servers.Where(server => !server.IsReplica))
        {
            IAsyncEnumerator<RedisKey> keys = server.KeysAsync(address.Database, Escape(address.Prefix) + "*", Page).GetAsyncEnumerator(cancellationToken);
            await using (keys.ConfigureAwait(false))
            {
                while (await keys.MoveNextAsync().ConfigureAwait(false))
                {
                    if ((string?)keys.Current is { } key && IsEntry(key, address.Prefix))
                    {
                        names.Add(key.Substring(address.Prefix.Length));
                    }
                }
            }
        }

        return names;
    }

    // Entries have names of hex digits only; locks, fences and what was set aside have other letters in theirs.
    private static bool IsEntry(string key, string prefix) =>
        key.Length == prefix.Length + NameLength && key.StartsWith(prefix, StringComparison.Ordinal)
        && key.Skip(prefix.Length).All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    // A prefix is taken as it is, not as a pattern.
    private static string Escape(string prefix)
    {
        var pattern = new StringBuilder(prefix.Length);
        foreach (char c in prefix)
        {
            _ = c is '*' or '?' or '[' or ']' or '\\' ? pattern.Append('\\').Append(c) : pattern.Append(c);
        }

        return pattern.ToString();
    }
}
