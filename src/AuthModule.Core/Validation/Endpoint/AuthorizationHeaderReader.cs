using System;

namespace AuthModule.Validation.Endpoint;

/// <summary>Reads <c>Authorization: Bearer ...</c> (RFC 6750, section 2.1; RFC 9110, section 11.4).</summary>
internal static class AuthorizationHeaderReader
{
    private const string Scheme = "Bearer";

    /// <param name="header">The header's value; null or empty when the request had none.</param>
    public static AuthorizationHeader Read(string? header)
    {
        string text = header?.Trim(' ', '\t') ?? string.Empty;
        if (text.Length == 0)
        {
            return new AuthorizationHeader(AuthorizationKind.Nothing, string.Empty, "there is no Authorization header");
        }

        int space = text.IndexOf(' ');
        string scheme = space < 0 ? text : text.Substring(0, space);
        if (!string.Equals(scheme, Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new AuthorizationHeader(AuthorizationKind.Nothing, string.Empty, "the Authorization header has another scheme than Bearer");
        }

        string token = space < 0 ? string.Empty : text.Substring(space).TrimStart(' ');
        return IsToken(token)
            ? new AuthorizationHeader(AuthorizationKind.Bearer, token, string.Empty)
            : new AuthorizationHeader(AuthorizationKind.Malformed, string.Empty, token.Length == 0 ? "the Authorization header has no token" : "the Authorization header does not hold exactly one token");
    }

    // b64token: letters, digits, -._~+/ and then equal signs. A comma would be a second header, a space a second token.
    private static bool IsToken(string text)
    {
        int end = text.Length;
        while (end > 0 && text[end - 1] == '=')
        {
            end--;
        }

        for (int i = 0; i < end; i++)
        {
            if (text[i] is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~' or '+' or '/'))
            {
                return false;
            }
        }

        return end > 0;
    }
}
