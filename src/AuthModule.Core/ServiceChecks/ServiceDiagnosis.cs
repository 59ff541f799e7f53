using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Telemetry;

namespace AuthModule.ServiceChecks;

/// <summary>
/// Goes through a service step by step and says of each what was found. Nothing is kept: neither what it read nor the session of
/// the trial sign-in.
/// </summary>
internal sealed class ServiceDiagnosis
{
    private readonly DiagnosisContext context;
    private readonly Queue<IDiagnosisStep> open = new(DiagnosisSteps.All);
    private readonly Dictionary<string, string> heldUp = new(StringComparer.Ordinal);
    private readonly string? service;
    private readonly string? profile;

    /// <param name="engine">Whose network, profiles and providers are used.</param>
    /// <param name="request">Which service, as which client, for what.</param>
    /// <param name="log">Where to tell what is done.</param>
    public ServiceDiagnosis(IDiagnosedEngine engine, TokenRequest request, ICallLog log)
    {
        context = new DiagnosisContext { Engine = engine.ForDiagnosis(), Asked = request, Log = log };
        (service, profile) = NamesOf(context.Engine, request);
    }

    /// <summary>The next step's result; null when all are through.</summary>
    /// <exception cref="AuthServiceException">Canceled.</exception>
    public async Task<ServiceCheck?> NextAsync(CancellationToken cancellationToken)
    {
        if (await NextStepAsync(cancellationToken).ConfigureAwait(false) is not { } check)
        {
            return null;
        }

        check.Service = service;
        check.Profile = profile;
        return check;
    }

    // The same for all steps, so that they stand together. What cannot be resolved is not quoted where it may hold a password.
    private static (string? Service, string? Profile) NamesOf(IDiagnosedEngine engine, TokenRequest request)
    {
        try
        {
            (TokenRequest filled, Service found) = engine.Resolve(request);
            return (found.Authority, filled.AppliedProfile);
        }
        catch (AuthException)
        {
            string? typed = request.Authority ?? request.TokenEndpoint;
            return (typed?.Contains('@') == true ? null : VisibleText.OfOptional(typed), request.Profile ?? request.AppliedProfile);
        }
    }

    private async Task<ServiceCheck?> NextStepAsync(CancellationToken cancellationToken)
    {
        while (open.Count > 0 && open.Peek() is IConditionalStep conditional && !conditional.IsMeant(context))
        {
            open.Dequeue();
        }

        if (open.Count == 0)
        {
            return null;
        }

        IDiagnosisStep step = open.Dequeue();
        if (step.Needs.FirstOrDefault(heldUp.ContainsKey) is { } missing)
        {
            string cause = heldUp[missing];
            heldUp[step.Name] = cause;
            return ServiceCheck.NotRun(step.Name, $"not looked at: {cause} failed");
        }

        context.Log.Verbose($"Looking at {step.Name}.");
        ServiceCheck check = await RunAsync(step, cancellationToken).ConfigureAwait(false);
        if (check.Passed == false)
        {
            heldUp[step.Name] = step.Name;
        }

        return check;
    }

    private async Task<ServiceCheck> RunAsync(IDiagnosisStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await step.RunAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            return ServiceCheck.Fault(step.Name, failure);
        }
        catch (OperationCanceledException cause) when (cancellationToken.IsCancellationRequested)
        {
            throw AuthModule.Errors.AuthError.Canceled("The diagnosis", cause);
        }
    }
}
