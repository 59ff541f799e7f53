using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Redis;

/// <summary>
/// The entries of one prefix, page by page (SCAN), so that a large Redis goes on answering others meanwhile. SCAN may name a key twice; each
/// is given once. Locks share the prefix and are no entries.
/// </summary>
internal static class RedisListing
{
    private const int Page = 500;

    public static async IAsyncEnumerable<KeyValuePair<string, byte[]>> ReadAsync(
        Func<RespCommand, CancellationToken, Task<RespValue>> send, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string cursor = "0";
        do
        {
            RespValue page = await send(new RespCommand("SCAN", cursor, "MATCH", Escape(prefix) + "*", "COUNT", Page) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
            cursor = page.Items.Count == 2 && page.Items[0].Text is { } next ? next : "0";
            string[] keys = page.Items.Count == 2
                ? [.. page.Items[1].Items.Select(item => item.Text!).Where(key => key is not null && IsEntry(key, prefix) && seen.Add(key))]
                : [];
            foreach (string key in keys)
            {
                RespValue value = await send(new RespCommand("GET", key) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
                if (value.Bytes is { } bytes)
                {
                    yield return new(key.Substring(prefix.Length), bytes);
                }
            }
        }
        while (cursor != "0");
    }

    // Entries have names of hex digits only; locks, fences and what was set aside have other letters in theirs.
    private static bool IsEntry(string key, string prefix) =>
        key.Length == prefix.Length + 64 && key.StartsWith(prefix, StringComparison.Ordinal) && key.Skip(prefix.Length).All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

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
