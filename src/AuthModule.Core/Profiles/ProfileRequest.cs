using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.AssertionSources;
using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Profiles;

/// <summary>Fills a call from a profile: what the call says comes before the profile, the profile before the environment.</summary>
internal static class ProfileRequest
{
    /// <summary>Whether a call says itself how to sign in: it takes the service and the client of a profile, but not its way.</summary>
    public static bool HasOwnWay(TokenRequest request) => request.Grant is not null || request.Input.IsPresent || request.Client.IsPresent;

    /// <summary>The request with the profile's values, and with references in place of its secrets.</summary>
    public static TokenRequest Fill(TokenRequest request, ProfileDescription profile)
    {
        // A call that says how to sign in takes the service and the client of the profile, but not its way.
        bool hasOwnWay = request.Grant is not null || request.Input.IsPresent;

        // A secret is that of the profile's client and of the profile's person: for others it is not sent.
        bool isAnotherClient = IsAnother(request.ClientId, profile.ClientId);
        bool isClientsOwn = request.Client.IsPresent || request.Grant is GrantNames.ApiKey or GrantNames.Workload || isAnotherClient;
        bool isAnotherPerson = IsAnother(request.Input.UserName, profile.UserName);
        bool Takes(ProfileSecret secret) => secret.Parameter is { } name
            ? !isAnotherClient && !request.SecretParameters.ContainsKey(name) && CommonParameters.Find(request.Parameters, name) is null
            : secret.IsOfClient ? !isClientsOwn : !hasOwnWay && !(secret.Place == SecretPlace.Password && isAnotherPerson);
        return request with
        {
            AppliedProfile = profile.Name,
            Provider = request.Provider ?? profile.Provider,
            Authority = request.Authority ?? profile.Authority,
            TokenEndpoint = request.TokenEndpoint ?? profile.TokenEndpoint,
            ClientId = request.ClientId ?? profile.ClientId,
            Scopes = request.Scopes.Count > 0 ? request.Scopes : profile.Scopes,
            Resources = request.Resources.Count > 0 ? request.Resources : profile.Resources,
            Parameters = Merge(request.Parameters, profile.Parameters),
            Grant = hasOwnWay ? request.Grant : profile.Grant,
            Store = request.Store ?? profile.Store,
            UseDpop = request.UseDpop || profile.UseDpop,
            IsNonInteractive = request.IsNonInteractive || profile.IsNonInteractive,
            References = [.. profile.Secrets.Where(Takes)],
            Client = request.Client with
            {
                Method = request.Client.Method ?? (isAnotherClient ? null : profile.ClientAuthentication),
                KeyFile = isClientsOwn ? request.Client.KeyFile : profile.ClientKey,
                AssertionSource = !hasOwnWay && !request.Client.IsPresent && profile.AssertionSource is { } source
                    ? AssertionSourceReader.Read(source)
                    : request.Client.AssertionSource,
            },
            Input = request.Input with
            {
                UserName = request.Input.UserName ?? profile.UserName,
                TokenDuration = request.Input.TokenDuration ?? profile.TokenDuration,
                RedirectUri = request.Input.RedirectUri ?? profile.RedirectUri,
                LoginHint = request.Input.LoginHint ?? (request.Grant is null or GrantNames.Interactive ? profile.LoginHint : null),
                Prompt = request.Input.Prompt ?? profile.Prompt,
            },
            Transport = request.Transport with
            {
                Proxy = request.Transport.Proxy ?? profile.Proxy,
                CaCertificate = request.Transport.CaCertificate ?? profile.CaCertificate,
            },
        };
    }

    /// <summary>A client that proves itself usually signs in alone; where the provider has no such way, its own first one is meant.</summary>
    public static TokenRequest Fit(TokenRequest request, TokenRequest asked, ProviderDescription description) =>
        asked.Grant is null && request.Grant == GrantNames.ClientCredentials && description.Grant(GrantNames.ClientCredentials) is null
            ? request with { Grant = null }
            : request;

    private static bool IsAnother(string? called, string? profiles) => called is not null && profiles is not null && called != profiles;

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string> profile)
    {
        var merged = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> parameter in profile.Concat(own))
        {
            merged[parameter.Key] = parameter.Value;
        }

        return merged;
    }
}
