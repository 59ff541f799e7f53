using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Text;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the token lives as long as was asked for: services cap such wishes without a word.</summary>
internal sealed class LifetimeStep : IDiagnosisStep
{
    // What passes between the issuing and the reply, and what services round.
    private const double Tolerated = 0.02;

    private static readonly TimeSpan LeastTolerated = TimeSpan.FromSeconds(10);

    public string Name => StepNames.Lifetime;

    public IReadOnlyList<string> Needs => [StepNames.SignIn];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(Evaluate(context));

    private ServiceCheck Evaluate(DiagnosisContext context)
    {
        if (context.Lifetime is not { } lifetime)
        {
            return ServiceCheck.NotRun(Name, "there was no trial sign-in");
        }

        string got = lifetime == TimeSpan.MaxValue ? "the token does not end" : $"the token lives {DisplayText.Span(lifetime)}";
        if (context.Request.Input.TokenDuration is not { } text)
        {
            return ServiceCheck.Ok(Name, got);
        }

        TimeSpan wish = AuthModule.Requests.Duration.Parse(text, "-TokenDuration");
        var tolerance = TimeSpan.FromTicks(Math.Max(LeastTolerated.Ticks, (long)(wish.Ticks * Tolerated)));
        return lifetime >= wish - tolerance
            ? ServiceCheck.Ok(Name, $"{got}; asked for was {text}")
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.InvalidDuration,
                $"{got}, although {text} was asked for",
                "The service limits it: have its limit raised, or live with it: a session renews itself.");
    }
}
