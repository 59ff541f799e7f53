using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;

namespace AuthModule.Tokens;

/// <summary>The headers that carry a token to an API: RFC 6750's, or those of the description. Never a token and an API key at once.</summary>
internal static class TokenHeaders
{
    /// <summary>The token type of API keys, which are no bearer tokens.</summary>
    public const string ApiKeyType = "ApiKey";

    private static readonly IReadOnlyList<FieldDescription> Standard =
        [new FieldDescription("Authorization", Template.Parse("{tokenType} {accessToken}"), null)];

    private static readonly FieldDescription CookieHeader = new("Cookie", Template.Parse("{cookies?}"), null);

    private static readonly IReadOnlyList<FieldDescription> StandardApiKey =
        [new FieldDescription("X-API-Key", Template.Parse("{accessToken}"), null)];

    public static IReadOnlyList<FieldDescription> For(ProviderDescription description, string tokenType) =>
        string.Equals(tokenType, ApiKeyType, StringComparison.Ordinal)
            ? description.ApiKeyHeaders ?? StandardApiKey
            : description.TokenHeaders ?? Standard;

    /// <summary>Makes the token the value of its places.</summary>
    public static void SetInto(TemplateValues values, Secret token, string tokenType)
    {
        values.Set("accessToken", token);
        values.Set("tokenType", tokenType);
        if (string.Equals(tokenType, ApiKeyType, StringComparison.Ordinal))
        {
            values.Set("apiKey", token);
        }
    }

    /// <summary>The places of the headers of an API call: those of the service, of the request that got the token, and what replies brought.</summary>
    public static TemplateValues ValuesOf(AuthSession session, TokenSet tokens, SecretScrubber scrubber)
    {
        TokenRequest request = session.Request;
        TemplateValues values = ServiceResolver.ValuesOf(session.Service, scrubber);
        values.Purpose = "the headers of an API call";
        values.Set("clientId", request.ClientId);
        values.Set("clientSecret", request.Client.Secret);
        values.Set("scope", tokens.Scopes.Count == 0 ? null : string.Join(session.Service.Description.ScopeSeparator, tokens.Scopes));
        SetPerson(values, request.Input);
        SetInto(values, tokens.AccessToken, tokens.TokenType);
        SessionCookies.SetInto(values, tokens.Kept);
        KeptValues.SetInto(values, tokens.Kept);
        return values;
    }

    /// <summary>Who signed in, and by which key.</summary>
    public static void SetPerson(TemplateValues values, GrantInput input)
    {
        values.Set("username", input.UserName);
        values.Set("password", input.Password);
        values.Set("apiKey", input.ApiKey);
    }

    /// <summary>Those of a description, and the cookies of the session where they are kept and none of them names any.</summary>
    public static IEnumerable<FieldDescription> ForCall(ProviderDescription description, string tokenType)
    {
        IReadOnlyList<FieldDescription> headers = For(description, tokenType);
        return description.KeepsCookies && !headers.Any(header => string.Equals(header.Name, "Cookie", StringComparison.OrdinalIgnoreCase))
            ? headers.Append(CookieHeader)
            : headers;
    }
}
