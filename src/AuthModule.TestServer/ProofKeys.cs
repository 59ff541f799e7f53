using System.Linq;

namespace AuthModule.TestServer;

/// <summary>The form of the two halves of PKCE (RFC 7636, sections 4.1 and 4.2): a short one could be guessed.</summary>
internal static class ProofKeys
{
    private const int ShortestVerifier = 43;
    private const int LongestVerifier = 128;
    private const int ChallengeLength = 43;

    /// <summary>A SHA-256 in base64url without padding.</summary>
    public static bool IsChallenge(string text) => text.Length == ChallengeLength && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static bool IsVerifier(string text) =>
        text.Length is >= ShortestVerifier and <= LongestVerifier && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
