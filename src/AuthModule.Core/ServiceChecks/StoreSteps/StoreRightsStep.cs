using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether the user may write, read and remove keys with the prefix; and whether the Redis takes writes at all.</summary>
internal sealed class StoreRightsStep : IStoreStep
{
    public string Name => StepNames.Rights;

    public IReadOnlyList<string> Needs => [StepNames.Access];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        await context.Probe!.TryRightsAsync().ConfigureAwait(false);
        return ServiceCheck.Ok(Name, $"wrote, read and removed a key that begins with {context.Redis!.Prefix}");
    }
}
