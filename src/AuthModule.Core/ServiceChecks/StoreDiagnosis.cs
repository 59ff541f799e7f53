using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.ServiceChecks.StoreSteps;
using AuthModule.Telemetry;

namespace AuthModule.ServiceChecks;

/// <summary>Goes through a store step by step, from its address to its key. What it writes it removes again, and no session is touched.</summary>
internal sealed class StoreDiagnosis : IAsyncDisposable
{
    private readonly StoreDiagnosisContext context;
    private readonly Queue<IStoreStep> open = new([
        new StoreAddressStep(),
        new StoreNameStep(),
        new StoreConnectionStep(),
        new StoreTlsStep(),
        new StoreAccessStep(),
        new StoreVersionStep(),
        new StoreRoleStep(),
        new StoreRightsStep(),
        new StoreScriptsStep(),
        new StoreClockStep(),
        new StoreKeyStep(),
    ]);

    private readonly Dictionary<string, string> heldUp = new(StringComparer.Ordinal);

    /// <param name="engine">Whose stores, profiles and environment.</param>
    /// <param name="address">Of the store; it is never quoted.</param>
    /// <param name="log">Where to tell what is done.</param>
    public StoreDiagnosis(AuthEngine engine, string address, ICallLog log) =>
        context = new StoreDiagnosisContext { Address = address, Catalog = engine.SharedStores.Catalog, Clock = engine.Clock, Log = log };

    /// <summary>The next step's result; null when all are through.</summary>
    /// <exception cref="AuthServiceException">Canceled.</exception>
    public async Task<ServiceCheck?> NextAsync(CancellationToken cancellationToken)
    {
        if (await NextStepAsync(cancellationToken).ConfigureAwait(false) is not { } check)
        {
            return null;
        }

        check.Service = context.Plain?.Name;
        return check;
    }

    private async Task<ServiceCheck?> NextStepAsync(CancellationToken cancellationToken)
    {
        // What is no Redis has neither hosts nor rights to look at.
        while (open.Count > 0 && open.Peek() is { IsOfRedis: true } && context.Plain is not null && context.Redis is null)
        {
            open.Dequeue();
        }

        if (open.Count == 0)
        {
            return null;
        }

        IStoreStep step = open.Dequeue();
        if (step.Needs.FirstOrDefault(heldUp.ContainsKey) is { } missing)
        {
            string cause = heldUp[missing];
            heldUp[step.Name] = cause;
            return ServiceCheck.NotRun(step.Name, $"not looked at: {cause} failed");
        }

        context.Log.Verbose($"Looking at {step.Name} of the store.");
        ServiceCheck check;
        try
        {
            check = await step.RunAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            check = ServiceCheck.Fault(step.Name, failure);
        }
        catch (OperationCanceledException cause) when (cancellationToken.IsCancellationRequested)
        {
            throw AuthError.Canceled("The diagnosis", cause);
        }

        if (check.Passed == false)
        {
            heldUp[step.Name] = step.Name;
        }

        return check;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
