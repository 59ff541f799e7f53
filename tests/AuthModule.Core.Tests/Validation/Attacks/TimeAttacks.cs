using System.Globalization;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Times that are over, not yet, or no times; signed by the issuer. The clock of the tests shows a fixed time.</summary>
internal static class TimeAttacks
{
    public static void Add(AttackList list)
    {
        long now = new ManualTimeProvider().GetUtcNow().ToUnixTimeSeconds();
        Exp(list, "expired in 1970", AuthErrorId.TokenExpired, "1");
        Exp(list, "exp is zero", AuthErrorId.TokenExpired, "0");
        Exp(list, "expired a skew and a second ago", AuthErrorId.TokenExpired, Text(now - 61));
        Exp(list, "expired exactly a skew ago", AuthErrorId.TokenExpired, Text(now - 60));
        Exp(list, "exp is a text", AuthErrorId.TokenMalformed, $"\"{now + 3600}\"");
        Exp(list, "exp is a date", AuthErrorId.TokenMalformed, "\"2099-01-01T00:00:00Z\"");
        Exp(list, "exp is null", AuthErrorId.TokenMalformed, "null");
        Exp(list, "exp is true", AuthErrorId.TokenMalformed, "true");
        Exp(list, "exp is a list", AuthErrorId.TokenMalformed, $"[{now + 3600}]");
        Exp(list, "exp is an object", AuthErrorId.TokenMalformed, "{}");
        Exp(list, "exp is negative", AuthErrorId.TokenMalformed, "-1");
        Exp(list, "exp in milliseconds", AuthErrorId.TokenMalformed, Text((now + 3600) * 1000));
        Exp(list, "exp beyond the calendar", AuthErrorId.TokenMalformed, "253402300800");
        Exp(list, "exp is the largest whole number", AuthErrorId.TokenMalformed, "9223372036854775807");
        Exp(list, "exp is larger than any whole number", AuthErrorId.TokenMalformed, "99999999999999999999999999");
        Exp(list, "exp is 1e300", AuthErrorId.TokenMalformed, "1e300");
        Exp(list, "exp is 1e999", AuthErrorId.TokenMalformed, "1e999");
        Exp(list, "exp is NaN as a text", AuthErrorId.TokenMalformed, "\"NaN\"");
        list.AddSigned("no exp", AuthErrorId.TokenMalformed, (_, claims) => claims.Remove("exp"));
        list.AddSigned("exp in another case", AuthErrorId.TokenMalformed, (_, claims) => { claims["Exp"] = claims["exp"]; claims.Remove("exp"); });
        list.AddSigned("nbf in the future", AuthErrorId.TokenNotYetValid, (_, claims) => claims["nbf"] = now + 61);
        list.AddSigned("nbf is a text", AuthErrorId.TokenMalformed, (_, claims) => claims["nbf"] = "0");
        list.AddSigned("nbf is null", AuthErrorId.TokenMalformed, (_, claims) => claims["nbf"] = null);
        list.AddSigned("iat in the future", AuthErrorId.TokenNotYetValid, (_, claims) => claims["iat"] = now + 61);
        list.AddSigned("iat is a text", AuthErrorId.TokenMalformed, (_, claims) => claims["iat"] = "yesterday");
        list.AddSigned("iat in milliseconds", AuthErrorId.TokenMalformed, (_, claims) => claims["iat"] = now * 1000);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Exp(AttackList list, string name, string expected, string json) =>
        list.Add(name, expected, clock =>
        {
            System.Collections.Generic.Dictionary<string, object?> claims = TestIssuer.Claims(clock);
            claims.Remove("exp");
            string payload = Forge.Json(claims);
            return Forge.Token(Forge.Json(TestIssuer.Header()), payload[..^1] + $",\"exp\":{json}}}", AttackList.Issuer.Rsa, "RS256");
        });
}
