using System.Security.Cryptography;

namespace AuthModule.Text;

/// <summary>Unguessable texts from the system's cryptographic source.</summary>
internal static class RandomText
{
    /// <summary>Base64url of so many random bytes: 32 bytes are 43 characters, 96 bytes are 128.</summary>
    public static string Base64Url(int bytes) => AuthModule.Text.Base64Url.Encode(RandomNumberGenerator.GetBytes(bytes));
}
