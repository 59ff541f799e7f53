using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Issuing;

/// <summary>Some of the ledger's lines: those of the subjects that share an entry of the store.</summary>
internal sealed class LedgerPage
{
    // Who has no token any more is remembered so long.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    private readonly Dictionary<(string Subject, string? ClientId), LedgerLine> lines = [];

    public IEnumerable<LedgerLine> Lines => lines.Values;

    public LedgerLine Of(string subject, string? clientId)
    {
        if (!lines.TryGetValue((subject, clientId), out LedgerLine? line))
        {
            line = new LedgerLine(subject, clientId);
            lines.Add((subject, clientId), line);
        }

        return line;
    }

    /// <summary>Drops tokens that have ended, and lines that have neither a token nor a recent use.</summary>
    public void Clean(DateTimeOffset now)
    {
        foreach (LedgerLine line in lines.Values.ToArray())
        {
            foreach (KeyValuePair<string, LedgerToken> token in line.Tokens.Where(token => token.Value.ExpiresAt <= now).ToArray())
            {
                line.Tokens.Remove(token.Key);
            }

            if (line.Tokens.Count == 0 && now - line.LastUsedOn > Remembered)
            {
                lines.Remove((line.Subject, line.ClientId));
            }
        }
    }

    public byte[] Write() => JsonText.WriteBytes(new Dictionary<string, object?>
    {
        ["lines"] = lines.Values.Select(static object? (line) => new Dictionary<string, object?>
        {
            ["subject"] = line.Subject,
            ["client"] = line.ClientId,
            ["issued"] = line.Issued,
            ["validated"] = line.Validated,
            ["refreshed"] = line.Refreshed,
            ["refused"] = line.Refused,
            ["revoked"] = line.Revoked,
            ["last"] = line.LastUsedOn.ToUnixTimeMilliseconds(),
            ["tokens"] = line.Tokens.Select(static object? (token) => new Dictionary<string, object?>
            {
                ["key"] = token.Key,
                ["refresh"] = token.Value.IsRefresh,
                ["ends"] = token.Value.ExpiresAt.ToUnixTimeMilliseconds(),
            }).ToArray(),
        }).ToArray(),
    });

    /// <exception cref="AuthServiceException">StoreCorrupt: the value is no page.</exception>
    public static LedgerPage Read(byte[]? value, string store)
    {
        var page = new LedgerPage();
        if (value is null)
        {
            return page;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            foreach (JsonElement item in document.RootElement.GetProperty("lines").EnumerateArray())
            {
                LedgerLine line = page.Of(item.GetProperty("subject").GetString()!, item.TryGetProperty("client", out JsonElement client) ? client.GetString() : null);
                line.Issued = item.GetProperty("issued").GetInt64();
                line.Validated = item.GetProperty("validated").GetInt64();
                line.Refreshed = item.GetProperty("refreshed").GetInt64();
                line.Refused = item.GetProperty("refused").GetInt64();
                line.Revoked = item.GetProperty("revoked").GetInt64();
                line.LastUsedOn = Time(item.GetProperty("last"));
                foreach (JsonElement token in item.GetProperty("tokens").EnumerateArray())
                {
                    line.Tokens[token.GetProperty("key").GetString()!] = new LedgerToken(token.GetProperty("refresh").GetBoolean(), Time(token.GetProperty("ends")));
                }
            }

            return page;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw AuthError.Create(
                AuthErrorId.StoreCorrupt,
                $"The store '{store}' holds a page of the issuer's ledger that cannot be read.",
                new ErrorDetails { Service = store, Cause = fault, Action = "Find out who else writes to the store, or use another one." });
        }
    }

    private static DateTimeOffset Time(JsonElement value) => DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64());
}
