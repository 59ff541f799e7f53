using System.Security.Cryptography;
using System.Text;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>Proof Key for Code Exchange (RFC 7636): whoever redeems the code must be who asked for it.</summary>
internal static class Pkce
{
    public const string Method = "S256";

    // The longest that section 4.1 allows: 128 characters.
    private const int VerifierBytes = 96;

    public static Secret NewVerifier() => Secret.From(RandomText.Base64Url(VerifierBytes));

    /// <summary>Section 4.2.</summary>
    public static string Challenge(Secret verifier) => Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier.Reveal())));
}
