using System;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Cli.Helpers;

/// <summary>The token that another program is to carry: it can carry it, but not prove a key with each request.</summary>
/// <param name="Text">In plain text.</param>
/// <param name="ExpiresOn">Null where it does not end.</param>
internal sealed record TokenChoice(string Text, DateTimeOffset? ExpiresOn)
{
    /// <param name="token">What was got.</param>
    /// <param name="usesIdToken">The ID token in place of the access token.</param>
    /// <exception cref="AuthException">UnsupportedGrant: there is no ID token; InvalidRequest: the token is bound to a key, or cannot be written into a line.</exception>
    public static TokenChoice Of(AuthToken token, bool usesIdToken)
    {
        if (!usesIdToken && string.Equals(token.TokenType, "DPoP", StringComparison.OrdinalIgnoreCase))
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, "The token is bound to a key (DPoP), and another program cannot prove that.", "Get one without --dpop, or call the API with 'authmodule call'.");
        }

        string text = !usesIdToken ? token.ToPlainText() : token.Tokens.IdToken?.Reveal() ?? throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"{token.Authority} gave no ID token.",
            "Ask for it: --scope openid, where a person signs in.");
        if (text.Any(char.IsControl))
        {
            throw AuthError.Create(AuthErrorId.MalformedResponse, $"The token of {token.Authority} holds a control character; it is not handed to another program.");
        }

        DateTimeOffset? end = usesIdToken ? AuthModule.Jose.Tokens.JwtDecoder.TryDecode(text, out _)?.ExpiresOn : token.ExpiresOn;
        return new TokenChoice(text, end == DateTimeOffset.MaxValue ? null : end);
    }
}
