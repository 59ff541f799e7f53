using System;
using System.Collections.Generic;

namespace AuthModule.Cli.Output;

/// <summary>A token as a token response has it (RFC 6749, section 5.1), and what is known of it besides.</summary>
internal static class TokenJson
{
    public static Dictionary<string, object?> Of(AuthToken token, bool withRefreshToken, bool withIdToken)
    {
        bool ends = token.ExpiresOn != DateTimeOffset.MaxValue;
        return new Dictionary<string, object?>
        {
            ["access_token"] = token.ToPlainText(),
            ["token_type"] = token.TokenType,
            ["expires_in"] = ends ? (long)token.ExpiresIn.TotalSeconds : null,
            ["expires_on"] = ends ? token.ExpiresOn : null,
            ["issued_on"] = token.IssuedOn,
            ["scope"] = token.Scopes.Length > 0 ? string.Join(' ', token.Scopes) : null,
            ["subject"] = token.Subject,
            ["refresh_token"] = withRefreshToken ? token.Tokens.RefreshToken?.Reveal() : null,
            ["has_refresh_token"] = token.HasRefreshToken,
            ["id_token"] = withIdToken ? token.Tokens.IdToken?.Reveal() : null,
            ["from_store"] = token.Tokens.IsFromStore,
            ["provider"] = token.Provider,
            ["authority"] = token.Authority,
            ["client_id"] = token.ClientId,
        };
    }
}
