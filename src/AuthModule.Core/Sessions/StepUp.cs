using System;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Another sign-in of the same person, as an API wants it (RFC 9470).</summary>
internal static class StepUp
{
    /// <summary>The request of that sign-in; the session's own where no API wants anything.</summary>
    public static TokenRequest Of(TokenRequest request, SignInDemand? demand) => demand is null
        ? request
        : request with
        {
            Input = request.Input with
            {
                ContextClasses = demand.ContextClasses ?? request.Input.ContextClasses,
                MaximumAge = demand.MaximumAge ?? request.Input.MaximumAge,
            },
        };

    /// <summary>Whether a new session that wants a recent sign-in cannot take over what its store has.</summary>
    public static bool IsTooOld(AuthSession session, RenewalRequest renewalRequest, TokenSet stored, DateTimeOffset now) =>
        renewalRequest.Seen is null && session.Request.Input.MaximumAge is { } most && !SignInAge.IsWithin(stored, most, now);

    /// <exception cref="TokenValidationException">ClaimMismatch: somebody else has signed in. The session keeps what it has.</exception>
    public static TokenSet OfSamePerson(AuthSession session, TokenSet acquired, TokenSet? previous) =>
        previous?.Subject is null || string.Equals(previous.Subject, acquired.Subject, StringComparison.Ordinal)
            ? acquired
            : throw AuthError.Create(
                AuthErrorId.ClaimMismatch,
                $"Somebody else has signed in at {session.Authority} than the person of the session; the new token is not used.",
                new ErrorDetails { Service = session.Authority, Action = "Sign in as the person whose session it is, or begin a session of your own with Get-AuthToken." });
}
