using System;
using System.Globalization;
using System.Text.Json;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Providers;

namespace AuthModule.Tokens;

/// <summary>
/// How long a new token lives: what the reply says, else the token's own <c>exp</c>, else what was asked for, else the
/// description's default, so that nothing is kept for ever.
/// </summary>
internal static class TokenLifetime
{
    // Numbers above this are milliseconds: in seconds they would be after the year 5000.
    private const double SmallestMilliseconds = 1e11;

    public static TimeSpan Read(WireReply reply, JsonElement json, ReplyDescription description, DecodedToken? access, TimeSpan? wish, DateTimeOffset serverNow)
    {
        if (JsonPath.Find(json, description.ExpiresIn) is { ValueKind: not JsonValueKind.Null } duration)
        {
            double number = Number(duration) ?? throw JsonReply.Malformed(reply, "a token whose lifetime is not a number");
            return FromSeconds(description.ExpiresInUnit == TimeUnit.Milliseconds ? number / 1000 : number);
        }

        if (JsonPath.Find(json, description.ExpiresAt) is { ValueKind: not JsonValueKind.Null } end)
        {
            return Positive((PointInTime(end, description.ExpiresAtUnit) ?? throw JsonReply.Malformed(reply, "a token whose end is not a time")) - serverNow);
        }

        if (access?.ExpiresOn is { } expiresOn)
        {
            return Positive(expiresOn - serverNow);
        }

        return wish ?? TimeSpan.FromSeconds(description.DefaultLifetime);
    }

    /// <summary>Of the refresh token. Null where nothing is said, or what Keycloak says of one that does not end: 0.</summary>
    public static TimeSpan? ReadRefresh(JsonElement json, ReplyDescription description) =>
        JsonPath.Find(json, description.RefreshExpiresIn) is { } value && Number(value) is { } seconds and > 0
            ? FromSeconds(seconds)
            : null;

    /// <summary>Null where it is no time.</summary>
    public static DateTimeOffset? PointInTime(JsonElement value, TimeUnit unit)
    {
        if (Number(value) is { } number && unit != TimeUnit.Text)
        {
            bool isMilliseconds = unit == TimeUnit.Milliseconds || (unit == TimeUnit.Auto && number >= SmallestMilliseconds);
            double seconds = isMilliseconds ? number / 1000 : number;
            if (seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            {
                return DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
            }
        }
        else if (value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return time;
        }

        return null;
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out double number) && !double.IsInfinity(number) => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && !double.IsNaN(number) && !double.IsInfinity(number) => number,
        _ => null,
    };

    private static TimeSpan FromSeconds(double seconds) =>
        seconds >= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromDays(36500)
        : seconds <= 0 ? TimeSpan.Zero
        : TimeSpan.FromSeconds(seconds);

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
