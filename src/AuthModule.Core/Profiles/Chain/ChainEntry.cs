using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Profiles.Chain;

/// <summary>One way of a profile's chain.</summary>
/// <param name="Way">Which.</param>
/// <param name="Profile">The profile with what the chain says for this way.</param>
internal sealed record ChainEntry(ISignInWay Way, ProfileDescription Profile)
{
    /// <summary>
    /// What a way says comes before the profile. A way that names a service of its own takes neither client nor secrets nor parameters of the
    /// profile: they are not sent elsewhere.
    /// </summary>
    public static ProfileDescription Merge(ProfileDescription profile, ProfileDescription way)
    {
        ProfileDescription common = way.NamesService ? WithoutService(profile) : profile;
        return common with
        {
            Chain = [],
            Provider = way.Provider ?? common.Provider,
            Authority = way.Authority ?? common.Authority,
            TokenEndpoint = way.TokenEndpoint ?? common.TokenEndpoint,
            ClientId = way.ClientId ?? common.ClientId,
            ClientKey = way.ClientKey ?? common.ClientKey,
            ClientAuthentication = way.ClientAuthentication ?? common.ClientAuthentication,
            UserName = way.UserName ?? common.UserName,
            TokenDuration = way.TokenDuration ?? common.TokenDuration,
            AssertionSource = way.AssertionSource ?? common.AssertionSource,
            RedirectUri = way.RedirectUri ?? common.RedirectUri,
            LoginHint = way.LoginHint ?? common.LoginHint,
            Prompt = way.Prompt ?? common.Prompt,
            Scopes = way.Scopes.Count > 0 ? way.Scopes : common.Scopes,
            Resources = way.Resources.Count > 0 ? way.Resources : common.Resources,
            Parameters = Merge(common.Parameters, way.Parameters),
            Store = way.Store ?? common.Store,
            UseDpop = way.UseDpop || common.UseDpop,
            IsNonInteractive = way.IsNonInteractive || common.IsNonInteractive,
            Proxy = way.Proxy ?? common.Proxy,
            CaCertificate = way.CaCertificate ?? common.CaCertificate,
            Secrets = [.. way.Secrets, .. common.Secrets.Where(secret => !way.Secrets.Any(own => own.Field == secret.Field))],
        };
    }

    /// <summary>What a profile says that is of no service.</summary>
    public static ProfileDescription WithoutService(ProfileDescription profile) => profile with
    {
        Provider = null,
        Authority = null,
        TokenEndpoint = null,
        ClientId = null,
        ClientKey = null,
        ClientAuthentication = null,
        UserName = null,
        TokenDuration = null,
        RedirectUri = null,
        LoginHint = null,
        Prompt = null,
        Parameters = new Dictionary<string, string>(),
        Secrets = [],
    };

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> common, IReadOnlyDictionary<string, string> own)
    {
        var merged = new Dictionary<string, string>(System.StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> parameter in common.Concat(own))
        {
            merged[parameter.Key] = parameter.Value;
        }

        return merged;
    }
}
