using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthModule.Secrets;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.TestServer.Tokens;

/// <summary>A JWT that a client signed: its parts, and whether a key made its signature. Nothing in it is trusted before that.</summary>
internal sealed class SignedJwt
{
    private static readonly string[] Algorithms = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"];

    private readonly byte[] signed;
    private readonly byte[] signature;

    private SignedJwt(string text, JsonElement header, JsonElement claims)
    {
        signed = Encoding.ASCII.GetBytes(text[..text.LastIndexOf('.')]);
        signature = Decode(text[(text.LastIndexOf('.') + 1)..]);
        Header = header;
        Claims = claims;
    }

    /// <summary>The algorithms of public keys that are taken.</summary>
    public static IReadOnlyList<string> PublicKeyAlgorithms => Algorithms;

    public JsonElement Header { get; }

    public JsonElement Claims { get; }

    public string? Algorithm => Text(Header, "alg");

    /// <summary>Null where it is no JWT.</summary>
    public static SignedJwt? TryRead(string text)
    {
        string[] parts = text.Split('.');
        try
        {
            return parts.Length == 3 && Read(parts[0]) is { } header && Read(parts[1]) is { } claims ? new SignedJwt(text, header, claims) : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Null where it is missing or no text.</summary>
    public string? Claim(string name) => Text(Claims, name);

    /// <summary>Null where it is missing or no time.</summary>
    public DateTimeOffset? Time(string name) =>
        Claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The audience, which is one text or several.</summary>
    public IReadOnlyList<string> Audience() => Claims.TryGetProperty("aud", out JsonElement value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)],
            _ => [],
        }
        : [];

    /// <summary>Whether one of the keys signed it. A <c>kid</c> leaves only the key of that name.</summary>
    public bool IsSignedBy(IEnumerable<JsonWebKey> keys)
    {
        string? id = Text(Header, "kid");
        return Algorithms.Contains(Algorithm) && keys.Where(key => id is null || key.Kid is null || key.Kid == id).Any(Verifies);
    }

    /// <summary>HS256 by a shared secret.</summary>
    public bool IsSignedBy(Secret secret) =>
        Algorithm == "HS256" && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret.RevealUtf8(), signed), signature);

    private bool Verifies(JsonWebKey key)
    {
        try
        {
            if (!CryptoProviderFactory.Default.IsSupportedAlgorithm(Algorithm, key))
            {
                return false;
            }

            using SignatureProvider provider = new CryptoProviderFactory { CacheSignatureProviders = false }.CreateForVerifying(key, Algorithm);
            return provider.Verify(signed, signature);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or NotSupportedException or CryptographicException or SecurityTokenException)
        {
            return false;
        }
    }

    private static JsonElement? Read(string part)
    {
        using JsonDocument document = JsonDocument.Parse(Decode(part));
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
    }

    private static byte[] Decode(string part) =>
        Base64Url.TryDecode(part, out byte[] bytes) ? bytes : throw new FormatException("It is not base64url.");

    private static string? Text(JsonElement members, string name) =>
        members.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
