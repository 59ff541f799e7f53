using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Sessions;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Which way of the profile's chain is taken here, and why the ways before it are not. Sends nothing, except to the profile's store.</summary>
internal sealed class WayStep : IConditionalStep
{
    public string Name => StepNames.Way;

    public IReadOnlyList<string> Needs => [];

    public bool IsMeant(DiagnosisContext context) => context.Engine.MeansChain(context.Asked);

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        ChainChoice choice = (await context.Engine.ChooseAsync(context.Table, context.Asked, context.Log, cancellationToken).ConfigureAwait(false))!;
        context.Chosen = choice;
        return ServiceCheck.Ok(Name, $"{choice.Way}, {choice.Reason}{(choice.PassedOver.Count == 0 ? string.Empty : $"; not {string.Join("; not ", choice.PassedOver)}")}");
    }
}
