using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>A user name and a password: the password is where the profile says.</summary>
internal sealed class PasswordWay : ISignInWay
{
    public string Name => "password";

    public string? RequiredField => "password";

    public WayFit Look(ProfileDescription profile, SignInPlace place) => place.Absence(profile, SecretPlace.Password) is { } absence
        ? WayFit.No(absence)
        : new WayFit(
            profile with
            {
                Grant = GrantNames.Password,
                AssertionSource = null,
                Secrets = [.. profile.Secrets.Where(static secret => secret.Place != SecretPlace.ApiKey)],
            },
            $"by {SignInPlace.NameOf(profile, SecretPlace.Password)}");
}
