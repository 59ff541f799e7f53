using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>A profile as a person signs in: the client may have to prove itself too.</summary>
internal static class PersonProfile
{
    public static ProfileDescription Of(ProfileDescription profile, string grant) => profile with
    {
        Grant = grant,
        AssertionSource = null,
        Secrets = [.. profile.Secrets.Where(static secret => secret.IsOfClient)],
    };
}
