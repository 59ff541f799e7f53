using System;
using System.Collections.Generic;
using System.Text.Json;

namespace AuthModule.Discovery;

/// <summary>What an authorization server publishes of itself (OpenID Connect Discovery 1.0, RFC 8414).</summary>
internal sealed class ServerMetadata
{
    /// <summary>Exactly as published; tokens are compared with it letter by letter.</summary>
    public required string Issuer { get; init; }

    /// <summary>By the names of RFC 8414 without <c>_endpoint</c> and <c>_uri</c>: <c>token</c>, <c>jwks</c>, <c>device_authorization</c>.</summary>
    public required IReadOnlyDictionary<string, Uri> Endpoints { get; init; }

    /// <summary>The same for mutual TLS (RFC 8705, section 5); empty when the server has no aliases.</summary>
    public required IReadOnlyDictionary<string, Uri> MtlsEndpoints { get; init; }

    /// <summary>The document itself, for what is read rarely.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>False when it is not there.</summary>
    public bool Flag(string name) => Document.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>An array of texts of the document; null when it is not there, which is not the same as empty.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        if (!Document.TryGetProperty(name, out JsonElement array) || array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var items = new List<string>();
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                items.Add(item.GetString()!);
            }
        }

        return items;
    }
}
