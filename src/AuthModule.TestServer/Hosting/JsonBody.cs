using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Hosting;

/// <summary>The members of a JSON request; a body that is no JSON object reads as null.</summary>
internal sealed class JsonBody
{
    private readonly JsonElement root;

    private JsonBody(JsonElement root) => this.root = root;

    public string? this[string name] =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static async Task<JsonBody?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new JsonBody(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Empty where it is left out; null where it is something else than a list of texts.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : null;
    }

    /// <summary>An RFC 3339 time in UTC. False where it is something else; left out it is null and fine.</summary>
    public bool TryTime(string name, out DateTimeOffset? time)
    {
        time = null;
        if (this[name] is not { } text)
        {
            return !root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null;
        }

        bool read = DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateTimeOffset parsed);
        time = parsed;
        return read && parsed.Offset == TimeSpan.Zero && text.EndsWith('Z') | text.EndsWith("+00:00", StringComparison.Ordinal);
    }
}
