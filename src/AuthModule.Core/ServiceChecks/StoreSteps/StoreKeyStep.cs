using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether this machine's key opens the store. One that nobody has used yet is not sealed by looking at it.</summary>
internal sealed class StoreKeyStep : IStoreStep
{
    public string Name => StepNames.Key;

    public IReadOnlyList<string> Needs => [StepNames.Address, StepNames.Rights];

    public bool IsOfRedis => false;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.Plain is MemoryStore)
        {
            return ServiceCheck.NotRun(Name, "what is in memory is not sealed");
        }

        OpenStore opened = context.Catalog.OpenShared(context.Address);
        if (await context.Plain!.GetAsync(StoreHeader.EntryName, cancellationToken).ConfigureAwait(false) is null)
        {
            return ServiceCheck.Ok(Name, $"the store is not sealed yet; {opened.Key} would seal it");
        }

        await opened.Store.GetAsync("doctor", cancellationToken).ConfigureAwait(false);
        return ServiceCheck.Ok(Name, $"{opened.Key} opens it");
    }
}
