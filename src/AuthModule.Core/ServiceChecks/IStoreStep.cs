using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks;

/// <summary>One step of a store's diagnosis. One file each; <see cref="StoreDiagnosis"/> orders them. Holds no state.</summary>
internal interface IStoreStep
{
    /// <summary>One of <see cref="StepNames"/>.</summary>
    string Name { get; }

    /// <summary>Steps without which this one has nothing to look at.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>It asks what only a Redis can answer.</summary>
    bool IsOfRedis { get; }

    /// <summary>What it found. An <see cref="AuthException"/> that it throws is a fault with its id and advice.</summary>
    Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken);
}
