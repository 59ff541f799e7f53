using AuthModule.Interaction;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>A person with the browser of this machine: somebody is there, and so is a browser.</summary>
internal sealed class InteractiveWay : IPersonWay
{
    public string Name => "interactive";

    public string? RequiredField => null;

    public WayFit Look(ProfileDescription profile, SignInPlace place) =>
        place.NobodyBecause(profile) is { } reason ? WayFit.No(reason)
        : place.BrowserPath is null && (place.Browser as IPlacedBrowser)?.Absence is { } absence ? WayFit.No(absence)
        : new WayFit(PersonProfile.Of(profile, GrantNames.Interactive), "a person may be there, and so is a browser");
}
