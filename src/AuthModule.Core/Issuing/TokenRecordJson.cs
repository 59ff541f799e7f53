using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Issuing;

/// <summary>A token's record as the store keeps it. Members beyond the contract's are written only where they are used.</summary>
internal static class TokenRecordJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    // Null members are not written, but a null claim says something.
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    public static byte[] Write(TokenRecord record)
    {
        TokenGrant grant = record.Grant;
        return JsonText.WriteBytes(new Dictionary<string, object?>
        {
            ["user_id"] = grant.Subject,
            ["scopes"] = grant.Scopes,
            ["type"] = record.Type,
            ["expires_at"] = record.ExpiresAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
            ["access_token_hash"] = record.AccessTokenHash,
            ["client_id"] = grant.ClientId,
            ["audience"] = grant.Audience.Count > 0 ? grant.Audience : null,
            ["issuer"] = grant.Issuer,
            ["jwt_type"] = grant.JwtType == TokenGrant.DefaultJwtType ? null : grant.JwtType,
            ["claims"] = grant.Claims.Count > 0 ? grant.Claims.Select(static claim => new KeyValuePair<string, object?>(claim.Key, claim.Value ?? Null)) : null,
            ["token_lifetime"] = grant.TokenLifetime?.TotalSeconds,
            ["refresh_lifetime"] = grant.RefreshLifetime?.TotalSeconds,
            ["format"] = grant.Format?.ToString(),
        });
    }

    /// <exception cref="AuthServiceException"><see cref="AuthErrorId.StoreCorrupt"/>: the value is not a record.</exception>
    public static TokenRecord Read(byte[] value, string store)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            JsonElement root = document.RootElement;
            return new TokenRecord
            {
                Type = root.GetProperty("type").GetString()!,
                ExpiresAt = ReadTime(root.GetProperty("expires_at")),
                AccessTokenHash = Text(root, "access_token_hash"),
                Grant = ReadGrant(root),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw AuthError.Create(
                AuthErrorId.StoreCorrupt,
                $"The store '{store}' holds a token record that cannot be read.",
                new ErrorDetails { Service = store, Cause = fault });
        }
    }

    private static TokenGrant ReadGrant(JsonElement root) => new()
    {
        Subject = root.GetProperty("user_id").GetString()!,
        Scopes = Texts(root, "scopes"),
        ClientId = Text(root, "client_id"),
        Audience = Texts(root, "audience"),
        Issuer = Text(root, "issuer"),
        JwtType = Text(root, "jwt_type") ?? TokenGrant.DefaultJwtType,
        Claims = ReadClaims(root),
        TokenLifetime = Seconds(root, "token_lifetime"),
        RefreshLifetime = Seconds(root, "refresh_lifetime"),
        Format = Text(root, "format") is { } format ? (TokenFormat)Enum.Parse(typeof(TokenFormat), format) : null,
    };

    private static Dictionary<string, object?> ReadClaims(JsonElement root) =>
        root.TryGetProperty("claims", out JsonElement claims)
            ? claims.EnumerateObject().ToDictionary(static claim => claim.Name, static claim => claim.Value.ValueKind == JsonValueKind.Null ? null : (object?)claim.Value.Clone())
            : [];

    // Other writers of the same contract put seconds, or a time without a zone that means UTC.
    private static DateTimeOffset ReadTime(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(value.GetDouble() * 1000))
        : DateTimeOffset.Parse(
            value.GetString()!,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static string[] Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(static item => item.GetString()!)] : [];

    private static TimeSpan? Seconds(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? TimeSpan.FromSeconds(value.GetDouble()) : null;
}
