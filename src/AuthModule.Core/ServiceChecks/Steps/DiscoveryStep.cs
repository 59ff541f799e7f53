using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Text;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the service publishes its metadata, and as whom (OpenID Connect Discovery 1.0, RFC 8414).</summary>
internal sealed class DiscoveryStep : IDiagnosisStep
{
    public string Name => StepNames.Discovery;

    public IReadOnlyList<string> Needs => [StepNames.Http];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        context.Metadata = await context.Engine.Endpoints.MetadataAsync(context.Service, context.Log, cancellationToken).ConfigureAwait(false);
        return context.Metadata is { } found
            ? ServiceCheck.Ok(Name, $"issuer {DisplayText.Text(found.Issuer)}; endpoints {Listed.Of([.. found.Endpoints.Keys])}")
            : ServiceCheck.NotRun(Name, $"provider '{context.Service.Description.Name}' describes its endpoints; nothing is discovered");
    }
}
