using System;
using System.Text;
using AuthModule.Text;

namespace AuthModule.TestKit.Jwts;

/// <summary>Tokens that look like JWTs, for what only reads them.</summary>
internal static class Jwt
{
    public static string Unsigned(DateTimeOffset expiresOn, string subject = "alice", DateTimeOffset? issuedOn = null) => string.Join(
        '.',
        Part("""{"alg":"RS256","typ":"JWT"}"""),
        Part($$"""{"sub":"{{subject}}","exp":{{expiresOn.ToUnixTimeSeconds()}}{{(issuedOn is { } issue ? $",\"iat\":{issue.ToUnixTimeSeconds()}" : string.Empty)}}}"""),
        "c2lnbmF0dXJl");

    private static string Part(string json) => Base64Url.Encode(Encoding.UTF8.GetBytes(json));
}
