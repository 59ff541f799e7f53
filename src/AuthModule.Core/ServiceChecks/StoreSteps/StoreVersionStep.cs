using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Which version it is, and which of them there are where there are several nodes.</summary>
internal sealed class StoreVersionStep : IStoreStep
{
    private static readonly Version Oldest = new(2, 6, 12);

    public string Name => StepNames.Version;

    public IReadOnlyList<string> Needs => [StepNames.Access];

    public bool IsOfRedis => true;

    public Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        Version[] versions = [.. context.Probe!.Servers.Select(server => server.Version).Distinct().OrderBy(version => version)];
        string detail = $"{string.Join(", ", versions.Select(version => version.ToString()))}, {context.Probe.Servers[0].Protocol.ToString().ToUpperInvariant()}";
        return Task.FromResult(versions[0] < Oldest
            ? ServiceCheck.Fault(Name, AuthErrorId.StoreUnavailable, detail, $"Use a Redis of version {Oldest} or later.")
            : ServiceCheck.Ok(Name, detail, versions.Length > 1 ? "Bring all nodes to one version." : null));
    }
}
