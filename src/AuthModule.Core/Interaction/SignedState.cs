using System;
using System.Text.Json;
using AuthModule.Text;

namespace AuthModule.Interaction;

/// <summary>Finds the state in a signed answer (JARM) without testing it: enough to tell whose answer it may be.</summary>
internal static class SignedState
{
    private const int Longest = 64 * 1024;

    /// <summary>Null where there is none that can be read.</summary>
    public static string? Find(string jwt)
    {
        string[] parts = jwt.Length <= Longest ? jwt.Split('.') : [];
        if (parts.Length != 3 || !Base64Url.TryDecode(parts[1], out byte[] payload))
        {
            return null;
        }

        try
        {
            using JsonDocument claims = JsonDocument.Parse(payload);
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("state", out JsonElement state) && state.ValueKind == JsonValueKind.String
                ? state.GetString()
                : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
