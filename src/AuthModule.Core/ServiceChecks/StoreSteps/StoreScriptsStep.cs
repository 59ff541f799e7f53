using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether it runs the scripts that locks and fenced writes are.</summary>
internal sealed class StoreScriptsStep : IStoreStep
{
    public string Name => StepNames.Scripts;

    public IReadOnlyList<string> Needs => [StepNames.Rights];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        await context.Probe!.TryScriptsAsync().ConfigureAwait(false);
        return ServiceCheck.Ok(Name, "a lock was taken and given back by script");
    }
}
