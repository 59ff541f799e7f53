using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Revokes the tokens of the trial, and shows by that whether the service can.</summary>
internal sealed class SignOutStep : IDiagnosisStep
{
    public string Name => StepNames.SignOut;

    public IReadOnlyList<string> Needs => [StepNames.SignIn];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.Session is not { } session)
        {
            return ServiceCheck.NotRun(Name, "there was no trial sign-in");
        }

        RevocationResult result = await context.Engine.RevokeAsync(context.Table, session, localOnly: false, context.Log, cancellationToken).ConfigureAwait(false);
        if (result.Failure is { } failure)
        {
            return ServiceCheck.Fault(Name, failure);
        }

        bool isSure = result.AccessToken == RevocationOutcome.Confirmed && result.RefreshToken is RevocationOutcome.Confirmed or RevocationOutcome.None;
        return isSure
            ? ServiceCheck.Ok(Name, "the service confirmed that the trial's tokens are revoked")
            : ServiceCheck.NotRun(Name, "the service cannot revoke all of the trial's tokens: what is left was forgotten here and works until it ends");
    }
}
