using System;
using System.Collections.Generic;
using System.Text;
using AuthModule.Text;

namespace AuthModule.Jose.Signing;

/// <summary>Writes signed JWTs in compact form (RFC 7515, section 7.1).</summary>
internal static class JwtWriter
{
    /// <param name="header">Members whose value is null are left out.</param>
    /// <param name="claims">The same.</param>
    /// <param name="sign">Signs the bytes that it gets.</param>
    public static string Write(
        IEnumerable<KeyValuePair<string, object?>> header,
        IEnumerable<KeyValuePair<string, object?>> claims,
        Func<byte[], byte[]> sign)
    {
        string text = $"{Base64Url.Encode(JsonText.WriteBytes(header))}.{Base64Url.Encode(JsonText.WriteBytes(claims))}";
        return $"{text}.{Base64Url.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
