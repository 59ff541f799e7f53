using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks;

/// <summary>One step of a diagnosis. One file each; <see cref="DiagnosisSteps"/> orders them. Holds no state.</summary>
internal interface IDiagnosisStep
{
    /// <summary>One of <see cref="StepNames"/>.</summary>
    string Name { get; }

    /// <summary>Steps without which this one has nothing to look at: where one of them failed, it is not run.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>What it found. An <see cref="AuthException"/> that it throws is a fault with its id and advice.</summary>
    Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken);
}
