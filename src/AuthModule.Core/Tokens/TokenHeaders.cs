using System;
using System.Collections.Generic;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Tokens;

/// <summary>The headers that carry a token to an API: RFC 6750's, or those of the description. Never a token and an API key at once.</summary>
internal static class TokenHeaders
{
    /// <summary>The token type of API keys, which are no bearer tokens.</summary>
    public const string ApiKeyType = "ApiKey";

    private static readonly IReadOnlyList<FieldDescription> Standard =
        [new FieldDescription("Authorization", Template.Parse("{tokenType} {accessToken}"), null)];

    private static readonly IReadOnlyList<FieldDescription> StandardApiKey =
        [new FieldDescription("X-API-Key", Template.Parse("{accessToken}"), null)];

    public static IReadOnlyList<FieldDescription> For(ProviderDescription description, string tokenType) =>
        string.Equals(tokenType, ApiKeyType, StringComparison.Ordinal)
            ? description.ApiKeyHeaders ?? StandardApiKey
            : description.TokenHeaders ?? Standard;

    public static TemplateValues Values(string service, string plainToken, string tokenType)
    {
        var values = new TemplateValues(service, new SecretScrubber());
        values.Set("accessToken", plainToken);
        values.Set("apiKey", plainToken);
        values.Set("tokenType", tokenType);
        return values;
    }
}
