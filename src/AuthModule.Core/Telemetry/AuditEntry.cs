using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace AuthModule.Telemetry;

/// <summary>One line of the audit log: who did what, when, and how it ended. There is no place in it for a token.</summary>
internal sealed record AuditEntry
{
    /// <summary><c>token.acquired</c>, <c>token.renewed</c>, <c>token.revoked</c>, <c>session.forgotten</c>, or a described operation's name.</summary>
    public required string Event { get; init; }

    /// <summary><c>done</c>, or the id of the error.</summary>
    public required string Outcome { get; init; }

    public required string Service { get; init; }

    public required string Provider { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Whom the token stands for; null where nothing says so.</summary>
    public string? Subject { get; init; }

    public string? Grant { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Session { get; init; }

    public string? Store { get; init; }

    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>What the server wrote to its own log about the request; null where none was sent.</summary>
    public string? CorrelationId { get; init; }

    public bool IsBackground { get; init; }

    /// <summary>What the server said to the access token; only for revocations.</summary>
    public string? AccessTokenOutcome { get; init; }

    /// <summary>The same of the refresh token.</summary>
    public string? RefreshTokenOutcome { get; init; }

    /// <summary>One line of JSON with its line break, in UTF-8.</summary>
    public byte[] ToLine(DateTimeOffset time)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("event", Event);
            json.WriteString("outcome", Outcome);
            json.WriteString("service", Service);
            json.WriteString("provider", Provider);
            WriteKnown(json, "client_id", ClientId);
            WriteKnown(json, "subject", Subject);
            WriteKnown(json, "grant", Grant);
            json.WriteString("scope", string.Join(" ", Scopes));
            WriteKnown(json, "session", Session);
            WriteKnown(json, "store", Store);
            WriteKnown(json, "expires_on", ExpiresOn?.UtcDateTime.ToString("s") + (ExpiresOn is null ? null : "Z"));
            WriteKnown(json, "request_id", CorrelationId);
            WriteKnown(json, "access_token", AccessTokenOutcome);
            WriteKnown(json, "refresh_token", RefreshTokenOutcome);
            json.WriteBoolean("background", IsBackground);
            json.WriteString("machine", Environment.MachineName);
            json.WriteString("user", Environment.UserName);
            json.WriteNumber("process", AuditLog.ProcessId);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
