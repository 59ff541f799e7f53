using AuthModule.Telemetry;

namespace AuthModule.Sessions;

/// <summary>What the audit log tells of a session.</summary>
internal static class SessionAudit
{
    /// <param name="session">Whose.</param>
    /// <param name="what">The event's name.</param>
    /// <param name="failure">Null where it was done.</param>
    public static AuditEntry EntryOf(AuthSession session, string what, AuthException? failure = null) => new()
    {
        Event = what,
        Outcome = failure?.Code ?? "done",
        Service = session.Authority,
        Provider = session.Provider,
        ClientId = session.ClientId,
        Subject = session.Subject ?? session.Request.Input.UserName,
        Grant = session.Grant,
        Scopes = session.Scopes,
        Session = session.Id,
        Store = session.Store,
        CorrelationId = failure?.CorrelationId,
    };

    /// <summary>The same of a revocation, with what the server said to each token.</summary>
    public static AuditEntry EntryOf(AuditEntry before, RevocationResult result) => before with
    {
        Outcome = result.Failure?.Code ?? before.Outcome,
        CorrelationId = result.Failure?.CorrelationId,
        AccessTokenOutcome = result.AccessToken.ToString(),
        RefreshTokenOutcome = result.RefreshToken.ToString(),
    };
}
