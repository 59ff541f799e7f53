using System.IO;
using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>The client's private key: its file is here.</summary>
internal sealed class ClientKeyWay : ISignInWay
{
    public string Name => "client key";

    public string? RequiredField => "clientKey";

    public WayFit Look(ProfileDescription profile, SignInPlace place) => File.Exists(profile.ClientKey)
        ? new WayFit(
            profile with
            {
                Grant = GrantNames.ClientCredentials,
                AssertionSource = null,
                Secrets = [.. profile.Secrets.Where(static secret => secret.Place is SecretPlace.ClientKeyPassword or SecretPlace.Parameter)],
            },
            $"by {profile.ClientKey}")
        : WayFit.No($"there is no file {profile.ClientKey}");
}
