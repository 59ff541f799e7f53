using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Secrets;

namespace AuthModule.Jose.Signing;

/// <summary>A key file as services hand it out: JSON, somewhere in it a private key in PEM, and beside it what the service knows it by.</summary>
internal static class ServiceKeyFile
{
    private const int MaxLevels = 8;

    private static readonly string[] IdNames = ["private_key_id", "publicKeyID", "publicKeyId", "kid", "key_id", "keyId", "id"];

    /// <summary>Null where no private key in PEM is in it.</summary>
    /// <exception cref="FormatException">There are several.</exception>
    public static ServiceKey? TryFind(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxLevels });
            var keys = new List<(JsonElement Owner, JsonProperty Key)>();
            var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            Walk(document.RootElement, string.Empty, keys, texts);
            if (keys.Count == 0)
            {
                return null;
            }

            if (keys.Count > 1)
            {
                throw new FormatException($"There are {keys.Count} private keys in it; give a file with one.");
            }

            (JsonElement owner, JsonProperty key) = keys[0];
            string? id = IdNames.Select(name => TextOf(owner, name)).FirstOrDefault(found => found is not null);
            return new ServiceKey(key.Value.GetString()!, Secret.FromOptional(TextOf(owner, "passphrase")), id, texts);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Walk(JsonElement element, string path, List<(JsonElement Owner, JsonProperty Key)> keys, Dictionary<string, string> texts)
    {
        foreach (JsonProperty member in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().AsEnumerable() : [])
        {
            string place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind != JsonValueKind.String)
            {
                Walk(member.Value, place, keys, texts);
            }
            else if (member.Value.GetString()!.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            {
                keys.Add((element, member));
            }
            else if (!AuthModule.Providers.SecretDetector.IsSecretName(member.Name) && member.Name != "passphrase")
            {
                texts[place] = member.Value.GetString()!;
            }
        }
    }

    private static string? TextOf(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

/// <summary>What such a file holds.</summary>
internal sealed record ServiceKey(string Pem, Secret? Passphrase, string? Id, IReadOnlyDictionary<string, string> Beside)
{
    /// <summary>Nothing of the key.</summary>
    public override string ToString() => Id ?? Secret.Mask;
}
