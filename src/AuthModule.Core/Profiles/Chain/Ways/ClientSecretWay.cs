using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>The client's secret: it is where the profile says.</summary>
internal sealed class ClientSecretWay : ISignInWay
{
    public string Name => "client secret";

    public string? RequiredField => "clientSecret";

    public WayFit Look(ProfileDescription profile, SignInPlace place) => place.Absence(profile, SecretPlace.ClientSecret) is { } absence
        ? WayFit.No(absence)
        : new WayFit(
            profile with
            {
                Grant = GrantNames.ClientCredentials,
                AssertionSource = null,
                ClientKey = null,
                Secrets = [.. profile.Secrets.Where(static secret => secret.Place is SecretPlace.ClientSecret or SecretPlace.Parameter)],
            },
            $"by {SignInPlace.NameOf(profile, SecretPlace.ClientSecret)}");
}
