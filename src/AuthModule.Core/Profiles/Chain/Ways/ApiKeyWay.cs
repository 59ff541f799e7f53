using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>An API key: it is where the profile says.</summary>
internal sealed class ApiKeyWay : ISignInWay
{
    public string Name => "api key";

    public string? RequiredField => "apiKey";

    public WayFit Look(ProfileDescription profile, SignInPlace place) => place.Absence(profile, SecretPlace.ApiKey) is { } absence
        ? WayFit.No(absence)
        : new WayFit(
            profile with
            {
                Grant = GrantNames.ApiKey,
                AssertionSource = null,
                ClientKey = null,
                Secrets = [.. profile.Secrets.Where(static secret => secret.Place is SecretPlace.ApiKey or SecretPlace.Parameter)],
            },
            $"by {SignInPlace.NameOf(profile, SecretPlace.ApiKey)}");
}
