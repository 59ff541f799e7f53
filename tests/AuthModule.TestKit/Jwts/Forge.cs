using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using AuthModule.Text;

namespace AuthModule.TestKit.Jwts;

/// <summary>Writes tokens, good and bad, from exactly the texts that a test gives.</summary>
internal static class Forge
{
    public static string Part(string text) => Base64Url.Encode(Encoding.UTF8.GetBytes(text));

    public static string Part(byte[] bytes) => Base64Url.Encode(bytes);

    public static string Json(Dictionary<string, object?> members) => JsonSerializer.Serialize(members);

    /// <summary>The signature is of the header's algorithm as the test names it, whatever the header says.</summary>
    public static string Token(string header, string payload, SigningKey key, string algorithm)
    {
        string signed = Part(header) + "." + Part(payload);
        return signed + "." + Part(key.Sign(algorithm, signed));
    }

    public static string Token(Dictionary<string, object?> header, Dictionary<string, object?> payload, SigningKey key) =>
        Token(Json(header), Json(payload), key, (string)header["alg"]!);
}
