using System.Linq;
using System.Security.Cryptography;

namespace AuthModule.TestServer.Authorization;

/// <summary>Codes that a person types on another device: eight letters without vowels, so that no words come of them (RFC 8628, section 6.1).</summary>
internal static class UserCode
{
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    public static string New() =>
        $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";

    public static string Plain(string typed) =>
        new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
