using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>A person with the browser of another device: somebody is there.</summary>
internal sealed class DeviceWay : IPersonWay
{
    public string Name => "device";

    public string? RequiredField => null;

    public WayFit Look(ProfileDescription profile, SignInPlace place) => place.NobodyBecause(profile) is { } reason
        ? WayFit.No(reason)
        : new WayFit(PersonProfile.Of(profile, GrantNames.DeviceCode), "a person may be there");
}
