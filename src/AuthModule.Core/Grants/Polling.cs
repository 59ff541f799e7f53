using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Interaction;
using AuthModule.Telemetry;

namespace AuthModule.Grants;

/// <summary>Asks for a token again and again while a person signs in elsewhere (RFC 8628, section 3.5; CIBA Core, section 11).</summary>
internal static class Polling
{
    // Section 3.5: what slow_down adds, for this request and all that follow.
    private static readonly TimeSpan Slower = TimeSpan.FromSeconds(5);

    // By itself it says the same to those who poll (RFC 6585, section 3, read as some services do).
    private const int PreconditionRequired = 428;

    // Nobody takes longer, whatever a server says.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="context">The sign-in.</param>
    /// <param name="what">As a sentence says it: <c>the code</c>.</param>
    /// <param name="status">What the person is to do.</param>
    /// <param name="interval">Between two requests.</param>
    /// <param name="lifetime">How long the person has; an hour at most.</param>
    /// <param name="expiredId">The error where the time runs out.</param>
    /// <param name="ask">One request for the token.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<T> RunAsync<T>(
        GrantContext context, string what, string status, TimeSpan interval, TimeSpan lifetime, string expiredId, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        string service = context.Service.DisplayName;
        lifetime = Bounded(lifetime);
        var wait = new PersonWait($"Sign-in at {service}", status, lifetime, context.Clock, context.Log);
        try
        {
            while (true)
            {
                await wait.PauseAsync(interval, cancellationToken).ConfigureAwait(false);
                if (wait.IsOver)
                {
                    throw Expired(service, what, lifetime, expiredId);
                }

                try
                {
                    return await ask().ConfigureAwait(false);
                }
                catch (AuthException pending) when (pending.OAuthError == "authorization_pending" || pending.StatusCode == PreconditionRequired)
                {
                }
                catch (AuthException hurried) when (hurried.OAuthError == "slow_down")
                {
                    interval += Slower;
                    context.Log.Verbose($"{service} asks to be asked less often: every {interval.TotalSeconds:0} seconds.");
                }
                catch (AuthException ended) when (ended.OAuthError == "expired_token")
                {
                    throw Expired(service, what, lifetime, expiredId);
                }
                catch (AuthException failure) when (failure.IsTransient && failure.Code != AuthErrorId.Canceled)
                {
                    // Section 3.5: a connection that times out is a reason to slow down, not to give up while the person signs in.
                    interval += interval;
                    context.Log.Warning($"{failure.Message} Asking again in {interval.TotalSeconds:0} seconds.");
                }
            }
        }
        finally
        {
            wait.End();
        }
    }

    /// <summary>The time that a person really has.</summary>
    public static TimeSpan Bounded(TimeSpan lifetime) => lifetime < Longest ? lifetime : Longest;

    private static AuthException Expired(string service, string what, TimeSpan lifetime, string id) => AuthError.Create(
        id,
        $"Nobody finished the sign-in at {service} while {what} was good ({AuthModule.Text.DisplayText.Span(lifetime)}).",
        new ErrorDetails { Service = service });
}
