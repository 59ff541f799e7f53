using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Grants;

/// <summary>The list of grants, those that their input gives away most clearly first. A new one is a file and a line here.</summary>
internal static class GrantRegistry
{
    public static IReadOnlyList<IGrant> All { get; private set; } =
    [
        new RefreshTokenGrant(),
        new AuthorizationCodeGrant(),
        new TokenExchangeGrant(),
        new JwtBearerGrant(),
        new ApiKeyGrant(),
        new WorkloadGrant(),
        new IssuerGrant(),
        new PasswordGrant(),
        new BackchannelGrant(),
        new ClientCredentialsGrant(),
        new InteractiveGrant(),
        new DeviceCodeGrant(),
        new ManagedIdentityGrant(),
    ];

    /// <summary>The grant that renewals use.</summary>
    public static RefreshTokenGrant Refresh { get; } = All.OfType<RefreshTokenGrant>().Single();

    /// <summary>One more, behind the others, for code outside of the engine's sources.</summary>
    public static void Add(IGrant grant)
    {
        All = [.. All, grant];
        EntryNames.AddGrant(grant.DescribedAs);
    }

    public static IGrant? Find(string name) => All.FirstOrDefault(grant => grant.Name == name);

    /// <summary>The grant that a request names, or that its input is meant for, or the provider's first.</summary>
    /// <exception cref="AuthenticationException">UnsupportedGrant.</exception>
    public static IGrant Choose(TokenRequest request, ProviderDescription description)
    {
        if (request.Grant is { } named)
        {
            return Supported(Find(named), named, description);
        }

        IGrant? meant = All.FirstOrDefault(grant => grant.IsMeantBy(request) && description.Grant(grant.DescribedAs) is not null);
        string first = description.Grants[0].Key;
        return meant ?? Supported(Find(first), first, description);
    }

    private static IGrant Supported(IGrant? grant, string name, ProviderDescription description) =>
        grant is not null && description.Grant(grant.DescribedAs) is not null
            ? grant
            : throw AuthError.Create(
                AuthErrorId.UnsupportedGrant,
                $"Provider '{description.Name}' has no way to get a token by {name}; it has {string.Join(", ", description.Grants.Select(known => known.Key))}.");
}
