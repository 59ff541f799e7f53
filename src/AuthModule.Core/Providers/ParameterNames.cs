using System;
using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>The names that users type for the places of templates, so that an error names what to add to the call.</summary>
internal static class ParameterNames
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["authority"] = "-Authority",
        ["clientId"] = "-ClientId",
        ["clientSecret"] = "-ClientSecret",
        ["username"] = "-Credential",
        ["password"] = "-Credential",
        ["otp"] = "-Otp",
        ["scope"] = "-Scope",
        ["resource"] = "-Resource",
        ["tokenDuration"] = "-TokenDuration",
        ["refreshToken"] = "-RefreshToken",
        ["subjectToken"] = "-SubjectToken",
        ["assertion"] = "-Assertion",
        ["apiKey"] = "-ApiKey",
        ["tokenEndpoint"] = "-TokenEndpoint",
        ["code"] = "-CallbackUri",
        ["codeVerifier"] = "-AuthorizationRequest",
        ["redirectUri"] = "-RedirectUri",
        ["loginHint"] = "-LoginHint",
        ["prompt"] = "-Prompt",
        ["bindingMessage"] = "-BindingMessage",
        ["subjectTokenType"] = "-SubjectTokenType",
        ["actorToken"] = "-ActorToken",
        ["actorTokenType"] = "-ActorTokenType",
        ["requestedTokenType"] = "-RequestedTokenType",
        ["subject"] = "-Subject",
        ["method"] = "-Method",
        ["name"] = "-Name",
        ["id"] = "-Id",
        ["scopes"] = "-Scope",
        ["expiresOn"] = "-ExpiresOn",
        ["description"] = "-Description",
        ["appName"] = "-AppName",
        ["issuerName"] = "-IssuerName",
        ["phoneNumber"] = "-PhoneNumber",
        ["emailAddress"] = "-EmailAddress",
    };

    public static string Of(string place) =>
        Known.TryGetValue(place, out string? name) ? name : $"-Parameter @{{ {place} = ... }}";
}
