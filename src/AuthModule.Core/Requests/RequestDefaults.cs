using System;
using System.Collections.Generic;
using AuthModule.Platform;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>Fills what a call leaves open: first from our own environment variables, then from those that a service's users already set.</summary>
internal static class RequestDefaults
{
    public const string Prefix = "AUTHMODULE_";
    public const string DefaultProvider = "oidc";

    /// <summary>The provider's name has to be known before its description can say more.</summary>
    public static string ProviderOf(TokenRequest request, IEnvironment environment) =>
        request.Provider ?? environment.Get(Prefix + "PROVIDER") ?? DefaultFor(request);

    private static string DefaultFor(TokenRequest request) =>
        request.Input.Issuer is not null ? "local" : request.TokenEndpoint is not null ? "oauth2" : DefaultProvider;

    /// <summary>
    /// The profile that a call means; null is none. The environment's counts only where the call names no service: a profile's
    /// secret must not go to an address that somebody typed for another reason.
    /// </summary>
    public static string? ProfileOf(TokenRequest request, IEnvironment environment) =>
        request.AppliedProfile is not null ? null
        : request.Profile ?? (request.Provider is null && request.Authority is null && request.TokenEndpoint is null
            && request.Input is { Issuer: null, AuthorizationRequest: null }
            ? environment.Get(Prefix + "PROFILE")
            : null);

    public static TokenRequest Fill(TokenRequest request, ProviderDescription description, IEnvironment environment)
    {
        string? Variable(string field, string? own)
        {
            if (own is not null && environment.Get(Prefix + own) is { } value)
            {
                return value;
            }

            if (description.Environment.TryGetValue(field, out IReadOnlyList<string>? names))
            {
                foreach (string name in names)
                {
                    if (environment.Get(name) is { } theirs)
                    {
                        return theirs;
                    }
                }
            }

            return null;
        }

        request = SecretParameters.Sort(request, description, environment);
        GrantInput input = request.Input;
        ClientCredential client = request.Client;
        return request with
        {
            Provider = description.Name,
            Authority = request.Authority ?? Variable("authority", "AUTHORITY"),
            ClientId = request.ClientId ?? Variable("clientId", "CLIENT_ID"),
            Scopes = request.Scopes.Count > 0 ? request.Scopes : SplitScopes(Variable("scope", "SCOPE")),
            Store = request.Store ?? environment.Get(Prefix + "STORE"),
            IsNonInteractive = request.IsNonInteractive || Switch.Read(environment, Prefix + "NON_INTERACTIVE"),
            Client = client with
            {
                Secret = client.Secret
                    ?? (!client.IsPresent && !request.RefersTo(SecretPlace.ClientSecret) ? Secret.FromOptional(Variable("clientSecret", "CLIENT_SECRET")) : null),
                KeyFile = client.KeyFile ?? (!client.IsPresent && !HasOtherInput(request) && request.References.Count == 0 ? Variable("clientKey", null) : null),
            },
            Input = input with
            {
                UserName = input.UserName ?? Variable("username", "USERNAME"),
                Password = input.Password ?? (request.RefersTo(SecretPlace.Password) ? null : Secret.FromOptional(Variable("password", "PASSWORD"))),
                ApiKey = input.ApiKey ?? (HasOtherInput(request) || request.References.Count > 0 ? null : Secret.FromOptional(Variable("apiKey", null))),
                TokenDuration = input.TokenDuration ?? Variable("tokenDuration", null) ?? description.TokenDuration,
            },
        };
    }

    // A key in the environment must not take the place of what the call itself brings.
    private static bool HasOtherInput(TokenRequest request) =>
        request.Grant is not null || request.Client.Secret is not null || request.Input.Password is not null || request.Input.RefreshToken is not null;

    private static string[] SplitScopes(string? scopes) =>
        scopes is null ? [] : scopes.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}
