using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the scopes that are asked for are among those that the service advertises.</summary>
internal sealed class ScopesStep : IDiagnosisStep
{
    public string Name => StepNames.Scopes;

    public IReadOnlyList<string> Needs => [StepNames.Discovery];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(Evaluate(context));

    private ServiceCheck Evaluate(DiagnosisContext context)
    {
        if (context.Metadata?.List("scopes_supported") is not { } offered)
        {
            return ServiceCheck.NotRun(Name, "the service does not say which scopes it has");
        }

        IReadOnlyList<string> asked = context.Request.Scopes;
        string[] unknown = [.. asked.Except(offered)];
        string listed = Listed.Of(Listed.ClosestFirst(offered, unknown));
        return unknown.Length == 0
            ? ServiceCheck.Ok(Name, asked.Count == 0 ? $"none asked for; advertised are {listed}" : $"{Listed.Of(asked)} advertised")
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.InvalidScope,
                $"not advertised: {Listed.Of(unknown)}; advertised are {listed}",
                "Check how the scopes are written. A service need not advertise all that it has: SignIn shows whether it takes them.");
    }
}
