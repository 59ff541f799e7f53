using System.Collections.Generic;
using System.Text;

namespace AuthModule.Validation.Endpoint;

/// <summary>What a protected endpoint answers to a token (RFC 6750, section 3).</summary>
internal static class EndpointAnswer
{
    public const int Ok = 200;
    public const int Unauthorized = 401;
    public const int Forbidden = 403;

    /// <summary>401 when the token itself is no good; 403 when it is, but allows too little.</summary>
    public static int StatusCode(bool isValid, IReadOnlyList<TokenCheck> checks)
    {
        if (isValid)
        {
            return Ok;
        }

        int status = Unauthorized;
        foreach (TokenCheck check in checks)
        {
            if (check.Passed || !check.IsNeeded)
            {
                continue;
            }

            if (!CheckName.IsPermission(check.Name))
            {
                return Unauthorized;
            }

            status = Forbidden;
        }

        return status;
    }

    /// <summary>Null with 200. No failure: nothing was sent, so that no error code is told (section 3.1).</summary>
    public static string? Challenge(int status, string? failure, string? realm, IReadOnlyList<string> requiredScopes)
    {
        if (status == Ok)
        {
            return null;
        }

        var text = new StringBuilder("Bearer");
        Append(text, "realm", realm);
        if (failure is not null)
        {
            Append(text, "error", status == Forbidden ? "insufficient_scope" : "invalid_token");
            Append(text, "error_description", Description(failure));
        }

        if (requiredScopes.Count > 0 && (failure is null || failure == AuthErrorId.InsufficientScope))
        {
            Append(text, "scope", string.Join(" ", requiredScopes));
        }

        return text.ToString();
    }

    // Fixed texts: the reasons of the checks may quote the token's claims, which are whatever its sender wrote.
    private static string Description(string failure) => failure switch
    {
        AuthErrorId.TokenMalformed => "The token cannot be read",
        AuthErrorId.TokenExpired => "The token has expired",
        AuthErrorId.TokenNotYetValid => "The token is not valid yet",
        AuthErrorId.TokenInactive => "The token is not active",
        AuthErrorId.TokenUseMismatch => "The token is of another kind",
        AuthErrorId.IssuerMismatch => "The token is from another issuer",
        AuthErrorId.AudienceMismatch => "The token is meant for another audience",
        AuthErrorId.ClientMismatch => "The token was issued to another client",
        AuthErrorId.InsufficientScope => "The token lacks a scope",
        AuthErrorId.ClaimMismatch => "The token lacks a claim or a permission",
        AuthErrorId.NonceMismatch => "The token answers another request",
        _ => "The signature of the token cannot be trusted",
    };

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        text.Append(text.Length == "Bearer".Length ? " " : ", ").Append(name).Append("=\"");
        foreach (char c in value!)
        {
            // Section 3: %x20-21 / %x23-5B / %x5D-7E, so that nothing needs escaping and no header can be smuggled in.
            text.Append(c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '?');
        }

        text.Append('"');
    }
}
