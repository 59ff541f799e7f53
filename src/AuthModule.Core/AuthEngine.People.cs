using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Rest;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule;

/// <content>What is asked of the person behind a session: a stronger sign-in, and who they are.</content>
internal sealed partial class AuthEngine
{
    /// <summary>Who the session's person is (OpenID Connect Core, section 5.3).</summary>
    public Task<AuthUser> GetUserAsync(AuthSession session, ICallLog log, CancellationToken cancellationToken) =>
        new UserInfoCaller(Rest, Endpoints, Tester, Clock).AskAsync(session, log, cancellationToken);

    /// <summary>A token of the same person, who signs in once more as an API wants it (RFC 9470).</summary>
    /// <exception cref="AuthenticationException">InteractionRequired: nobody is there who could; it names what is wanted.</exception>
    public ValueTask<AuthToken> StepUpAsync(AuthSession session, SignInDemand demand, ICallLog log, CancellationToken cancellationToken)
    {
        if (session.GrantUsed is not InteractiveGrant || session.Request.IsNonInteractive)
        {
            throw AuthError.Create(
                AuthErrorId.InteractionRequired,
                $"The API wants another sign-in of the person at {session.Authority}: {demand}.",
                new ErrorDetails
                {
                    Service = session.Authority,
                    StatusCode = 401,
                    OAuthError = StepUpChallenge.Error,
                    Action = $"Sign in again where the person is: Get-AuthToken -Interactive{demand.ToParameters()}, and call again.",
                });
        }

        log.Verbose($"The API wants another sign-in of the person at {session.Authority}: {demand}.");
        return renewer.GetAsync(session, TokenRequirement.Now with { SignIn = demand }, log, cancellationToken);
    }
}
