using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether a wish for the token's lifetime is one, and whether the provider has a way to tell it to the service.</summary>
internal sealed class DurationStep : IDiagnosisStep
{
    private const string Place = "tokenDuration";

    public string Name => StepNames.Duration;

    public IReadOnlyList<string> Needs => [StepNames.Address];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(Evaluate(context));

    private ServiceCheck Evaluate(DiagnosisContext context)
    {
        if (context.Request.Input.TokenDuration is not { } wish)
        {
            return ServiceCheck.NotRun(Name, "no lifetime was asked for");
        }

        _ = AuthModule.Requests.Duration.Parse(wish, "-TokenDuration");
        IGrant grant = GrantRegistry.Choose(context.Request, context.Service.Description);
        bool isSent = context.Service.Description.Grant(grant.DescribedAs) is { } operation
            && operation.Over(grant.Standard).HasPlace(Place);
        return isSent
            ? ServiceCheck.Ok(Name, $"{wish} is asked for")
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.InvalidDuration,
                $"{wish} is not sent: provider '{context.Service.Description.Name}' has no field for it with {grant.Name}",
                "Leave -TokenDuration out, or name the provider that describes this service; the service decides how long its tokens live.");
    }
}
