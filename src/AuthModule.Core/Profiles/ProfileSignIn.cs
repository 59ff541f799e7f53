using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;
using AuthModule.Profiles.Chain;
using AuthModule.Requests;

namespace AuthModule.Profiles;

/// <summary>Tells from what a profile holds how it signs in.</summary>
internal static class ProfileSignIn
{
    /// <summary>The grant; null where the provider and the call decide.</summary>
    /// <exception cref="LocatedJsonException">It holds two ways at once.</exception>
    public static string? Of(LocatedObject source, ProfileDescription profile)
    {
        var ways = new List<(string Field, string Grant)>();
        void Add(string field, bool isThere, string grant)
        {
            if (isThere)
            {
                ways.Add((field, grant));
            }
        }

        bool Has(SecretPlace place) => profile.Secrets.Any(secret => secret.Place == place);
        Add("interactive", source.Flag("interactive"), GrantNames.Interactive);
        Add("deviceCode", source.Flag("deviceCode"), GrantNames.DeviceCode);
        if (profile.Chain.Count > 0)
        {
            // What the profile holds besides is for the ways that take it.
            return ways.Count == 0 ? null : throw source.Fault(ways[0].Field, $"is a second way to sign in, besides {ChainReader.Field}; name it there");
        }

        Add("password", Has(SecretPlace.Password), GrantNames.Password);
        Add("apiKey", Has(SecretPlace.ApiKey), GrantNames.ApiKey);
        Add("assertionSource", profile.AssertionSource is not null, GrantNames.Workload);
        if (ways.Count > 1)
        {
            throw source.Fault(ways[1].Field, $"is a second way to sign in, besides {ways[0].Field}; keep one");
        }

        bool hasClientProof = Has(SecretPlace.ClientSecret) || profile.ClientKey is not null;
        return ways.Count == 1 ? ways[0].Grant : hasClientProof ? GrantNames.ClientCredentials : null;
    }
}
