using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain.Ways;

/// <summary>
/// The identity that a cloud gives to its machines and jobs: what its description needs of the environment is set, and one of the files
/// that only such machines have is there. Without a provider that has this way, the first known one that fits.
/// </summary>
internal sealed class ManagedIdentityWay : ISignInWay
{
    public string Name => "managed identity";

    public string? RequiredField => null;

    public WayFit Look(ProfileDescription profile, SignInPlace place)
    {
        bool isNamed = profile.Provider is { } name && Has(place.Providers.Get(name).Description);
        IReadOnlyList<ProviderDescription> candidates = isNamed
            ? [place.Providers.Get(profile.Provider!).Description]
            : [.. place.Providers.All.Select(static provider => provider.Description).Where(Has)];
        var absences = new List<string>();
        foreach (ProviderDescription candidate in candidates)
        {
            if (Absence(candidate, profile, place) is { } absence)
            {
                absences.Add($"{candidate.Name}: {absence}");
                continue;
            }

            // The service that the profile names is another one, and the client there no identity here.
            ProfileDescription own = isNamed ? profile : ChainEntry.WithoutService(profile);
            return new WayFit(
                own with
                {
                    Provider = candidate.Name,
                    Grant = GrantNames.ManagedIdentity,
                    AssertionSource = null,
                    ClientKey = null,
                    ClientAuthentication = null,
                    Secrets = [.. own.Secrets.Where(static secret => secret.Place == SecretPlace.Parameter)],
                },
                $"by {candidate.Name}");
        }

        return WayFit.No(string.Join("; ", absences));
    }

    private static bool Has(ProviderDescription description) => description.Grant(GrantNames.ManagedIdentity) is not null;

    private static string? Absence(ProviderDescription description, ProfileDescription profile, SignInPlace place)
    {
        string[] unset =
        [
            .. description.Parameters
                .Where(parameter => parameter is { IsRequired: true, Default: null, Environment.Count: > 0 }
                    && !profile.Parameters.ContainsKey(parameter.Name)
                    && !profile.Secrets.Any(secret => secret.Parameter == parameter.Name)
                    && parameter.Environment.All(variable => place.Environment.Get(variable) is null))
                .Select(static parameter => parameter.Environment[0]),
        ];
        if (unset.Length > 0)
        {
            return $"{string.Join(" and ", unset)} {(unset.Length == 1 ? "is" : "are")} not set";
        }

        return description.MachineFiles.Count > 0 && !description.MachineFiles.Any(static path => File.Exists(path) || Directory.Exists(path))
            ? $"none of {string.Join(", ", description.MachineFiles)} is here"
            : null;
    }
}
