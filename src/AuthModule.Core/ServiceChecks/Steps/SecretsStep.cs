using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the secrets that the profile refers to are there.</summary>
internal sealed class SecretsStep : IDiagnosisStep
{
    public string Name => StepNames.Secrets;

    public IReadOnlyList<string> Needs => [StepNames.Address];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.Request.References.Count == 0)
        {
            return ServiceCheck.NotRun(Name, "no profile refers to a secret");
        }

        context.Request = await context.Engine.Secrets.ReadAsync(context.Request, context.Log, cancellationToken).ConfigureAwait(false);
        return ServiceCheck.Ok(Name, string.Join(", ", context.Request.References.Select(secret => $"{secret.Field} from {secret.Reference.Name}")));
    }
}
