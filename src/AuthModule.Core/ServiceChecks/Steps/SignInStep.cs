using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Text;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>
/// A trial sign-in with the credentials of the call: the client id, the account, the second factor and the scopes are told apart
/// by the id of the failure. Nobody keeps its session.
/// </summary>
internal sealed class SignInStep : IDiagnosisStep
{
    public string Name => StepNames.SignIn;

    public IReadOnlyList<string> Needs => [StepNames.Way, StepNames.Secrets, StepNames.Http, StepNames.Discovery];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.Chosen?.Session is { } stored)
        {
            return ServiceCheck.NotRun(Name, $"{stored} is taken, and a trial would spend what it holds", "Get-AuthToken says whether it still works.");
        }

        // Not the caller's store: what a trial gets is nobody's to find.
        TokenRequest request = context.Request with { Store = "memory", IsNonInteractive = true, References = [] };
        if (!request.BringsCredential && request.Grant is null)
        {
            return ServiceCheck.NotRun(Name, "no credentials were given", "Give what Get-AuthToken is given, to try the sign-in too.");
        }

        IGrant grant = GrantRegistry.Choose(request, context.Service.Description);
        if (grant.ReasonAgainstTrial is { } reason)
        {
            return ServiceCheck.NotRun(Name, reason);
        }

        AuthSession session = context.Engine.Open(context.Table, request);
        AuthToken token = await context.Engine.GetTokenAsync(context.Table, session, TokenRequirement.Default, context.Log, cancellationToken).ConfigureAwait(false);
        context.Session = session;
        context.Lifetime = token.Tokens.Lifetime;
        string[] refused = [.. request.Scopes.Except(token.Scopes)];
        return ServiceCheck.Ok(
            Name,
            $"{grant.Name}{(request.ClientId is { } client ? $" as client '{client}'" : string.Empty)}{(token.Subject is { } subject ? $" for '{DisplayText.Text(subject)}'" : string.Empty)}"
                + $": a {DisplayText.Text(token.TokenType)} token, scopes {(token.Scopes.Length == 0 ? "not told" : Listed.Of(token.Scopes))}",
            refused.Length == 0 ? null : $"Not granted: {Listed.Of(refused)}. Have them allowed to this client or account.");
    }
}
