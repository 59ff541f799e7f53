using System.Linq;
using AuthModule.AssertionSources;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>The platform's identity: its assertion is here. Without <c>assertionSource</c> the first platform that is.</summary>
internal sealed class WorkloadWay : ISignInWay
{
    public string Name => "workload";

    public string? RequiredField => null;

    public WayFit Look(ProfileDescription profile, SignInPlace place)
    {
        string[] sources = profile.AssertionSource is { } named ? [named] : [.. AssertionSourceReader.Platforms];
        string[] absences = [.. sources.Select(source => Absence(source, place)).TakeWhile(static absence => absence is not null).Select(static absence => absence!)];
        return absences.Length == sources.Length
            ? WayFit.No(string.Join("; ", absences.Distinct()))
            : new WayFit(
                profile with
                {
                    Grant = GrantNames.Workload,
                    AssertionSource = sources[absences.Length],
                    ClientKey = null,
                    ClientAuthentication = null,
                    Secrets = [.. profile.Secrets.Where(static secret => secret.Place == SecretPlace.Parameter)],
                },
                $"by {sources[absences.Length]}");
    }

    private static string? Absence(string source, SignInPlace place) =>
        AssertionSourceReader.Read(source) is IPlacedSource placed ? placed.Absence(place.Environment) : null;
}
