using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Text;
using AuthModule.Validation;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether the clocks agree: entries end by the Redis' own.</summary>
internal sealed class StoreClockStep : IStoreStep
{
    private static readonly TimeSpan MaxSkew = new ValidationRules().ClockSkew;

    public string Name => StepNames.Clock;

    public IReadOnlyList<string> Needs => [StepNames.Access];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        TimeSpan apart;
        try
        {
            apart = await context.Probe!.SkewAsync(context.Clock).ConfigureAwait(false);
        }
        catch (AuthException refused)
        {
            return ServiceCheck.NotRun(Name, $"it does not tell its time: {refused.Message}");
        }

        return apart.Duration() <= MaxSkew
            ? ServiceCheck.Ok(Name, $"{apart.Duration().TotalSeconds:0} s apart")
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.StoreUnavailable,
                $"the store's clock is {DisplayText.Span(apart.Duration())} {(apart > TimeSpan.Zero ? "ahead of" : "behind")} this machine's",
                "Set this machine's clock by a time server (NTP); if it is right, tell the Redis' operator.");
    }
}
