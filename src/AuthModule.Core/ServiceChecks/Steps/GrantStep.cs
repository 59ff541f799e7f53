using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the service advertises the way to sign in that is meant.</summary>
internal sealed class GrantStep : IDiagnosisStep
{
    public string Name => StepNames.Grant;

    public IReadOnlyList<string> Needs => [StepNames.Discovery];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(Evaluate(context));

    private ServiceCheck Evaluate(DiagnosisContext context)
    {
        // Throws where the provider itself has no such way.
        string? type = context.Request.Grant is not null || context.Request.BringsCredential
            ? GrantRegistry.Choose(context.Request, context.Service.Description).AdvertisedAs
            : null;
        if (context.Metadata?.List("grant_types_supported") is not { } offered)
        {
            return ServiceCheck.NotRun(Name, "the service does not say which ways to sign in it has");
        }

        string listed = Listed.Of(offered);

        // Metadata may leave out what the service does all the same: the sign-in tells.
        return type is null || offered.Contains(type)
            ? ServiceCheck.Ok(Name, $"{(type is null ? string.Empty : type + " is ")}among {listed}")
            : ServiceCheck.Ok(
                Name,
                $"{type} is not among {listed}; many services leave out what they take",
                "Where the sign-in fails: sign in another way that is listed, or have this one switched on at the service.");
    }
}
