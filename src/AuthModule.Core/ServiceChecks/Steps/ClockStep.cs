using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Text;
using AuthModule.Validation;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the clocks of both machines agree as far as tokens need it.</summary>
internal sealed class ClockStep : IDiagnosisStep
{
    private static readonly TimeSpan MaxSkew = new ValidationRules().ClockSkew;

    public string Name => StepNames.Clock;

    public IReadOnlyList<string> Needs => [StepNames.Http];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(Evaluate(context.Skew));

    private ServiceCheck Evaluate(TimeSpan? skew)
    {
        if (skew is not { } apart)
        {
            return ServiceCheck.NotRun(Name, "the answer has no Date header to compare with");
        }

        string direction = apart > TimeSpan.Zero ? "ahead of" : "behind";
        return apart.Duration() <= MaxSkew
            ? ServiceCheck.Ok(Name, $"{apart.Duration().TotalSeconds:0} s apart")
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.TokenNotYetValid,
                $"the server's clock is {DisplayText.Span(apart)} {direction} this machine's",
                "Set this machine's clock by a time server (NTP). If it is right, tell the service's operator: new tokens look expired or not yet valid to others.");
    }
}
