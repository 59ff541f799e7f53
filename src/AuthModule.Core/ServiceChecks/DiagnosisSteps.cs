using System.Collections.Generic;
using AuthModule.ServiceChecks.Steps;

namespace AuthModule.ServiceChecks;

/// <summary>The steps in their order, from the address to the token. A new one is a file and a line here, and a section in docs/diagnosis.md.</summary>
internal static class DiagnosisSteps
{
    public static IReadOnlyList<IDiagnosisStep> All { get; } =
    [
        new WayStep(),
        new AddressStep(),
        new SecretsStep(),
        new NameStep(),
        new ProxyStep(),
        new ConnectionStep(),
        new TlsStep(),
        new HttpStep(),
        new ClockStep(),
        new DiscoveryStep(),
        new KeysStep(),
        new GrantStep(),
        new ClientAuthenticationStep(),
        new ScopesStep(),
        new DurationStep(),
        new SignInStep(),
        new SignOutStep(),
        new LifetimeStep(),
    ];
}
