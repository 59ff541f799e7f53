using System.Collections.Generic;
using System.Linq;
using AuthModule.Profiles.Chain.Ways;

namespace AuthModule.Profiles.Chain;

/// <summary>The ways that a chain can name. A new one is a file and a line here, and a row in docs/profiles.md.</summary>
internal static class SignInWays
{
    public static IReadOnlyList<ISignInWay> All { get; } =
    [
        new WorkloadWay(),
        new ManagedIdentityWay(),
        new ClientKeyWay(),
        new ClientSecretWay(),
        new PasswordWay(),
        new ApiKeyWay(),
        new StoredSessionWay(),
        new DeviceWay(),
        new InteractiveWay(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(way => way.Name)];

    public static ISignInWay? Find(string name) => All.FirstOrDefault(way => way.Name == name);
}
