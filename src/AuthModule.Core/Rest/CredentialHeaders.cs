using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using AuthModule.Http;
using AuthModule.Jose.Dpop;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Rest;

/// <summary>The headers that prove one request to an API: bearer token, token and proof (RFC 9449, section 7), or API key.</summary>
internal static class CredentialHeaders
{
    /// <summary>
    /// What the description sends along with a token and is the same for each: a wish such as Accept, which the caller may
    /// replace. What describes a body is left to the body.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Beside(AuthToken token, HttpMethod method)
    {
        foreach (FieldDescription header in TokenHeaders.For(token.Session.Service.Description, token.TokenType))
        {
            if (!IsCredential(header) && !BodyHeaders.Has(header.Name) && header.IsSentWith(method.Method) && RequestDraft.HeaderValue(header, Nothing) is { } value)
            {
                yield return new KeyValuePair<string, string>(header.Name, value);
            }
        }
    }

    public static List<KeyValuePair<string, string>> For(AuthToken token, HttpMethod method, Uri url, string? nonce, DateTimeOffset now, SecretScrubber scrubber)
    {
        string plain = token.Tokens.AccessToken.Reveal();
        scrubber.Add(plain);
        var headers = new List<KeyValuePair<string, string>>();
        TemplateValues values = TokenHeaders.ValuesOf(token.Session, token.Tokens, scrubber);
        foreach (FieldDescription header in TokenHeaders.ForCall(token.Session.Service.Description, token.TokenType))
        {
            if (IsCredential(header) && header.IsSentWith(method.Method) && header.Template!.Fill(values) is { } value)
            {
                headers.Add(new KeyValuePair<string, string>(header.Name, value));
            }
        }

        if (token.TokenType == "DPoP" && token.Tokens.ProofKey is { } key)
        {
            headers.Add(new KeyValuePair<string, string>("DPoP", DpopKey.From(key).Prove(method.Method, url, nonce, plain, now)));
        }

        return headers;
    }

    /// <summary>The address of a request with what belongs to the credential behind it.</summary>
    public static Uri AddressOf(AuthToken token, Uri url, SecretScrubber scrubber) =>
        TokenQuery.AddTo(url, token.Session.Service.Description, token.TokenType, TokenHeaders.ValuesOf(token.Session, token.Tokens, scrubber), scrubber);

    private static readonly TemplateValues Nothing = new(string.Empty, new SecretScrubber());

    // A header with a place in it is made of the token, or of what belongs to it.
    private static bool IsCredential(FieldDescription header) => header.Template?.Names.Any() == true;
}
