using System;

namespace AuthModule;

/// <summary>One use of a local issuer, for an audit log. Never holds a token.</summary>
public sealed class TokenUsageEventArgs : EventArgs
{
    internal TokenUsageEventArgs(string action, DateTimeOffset time, string? subject, string? clientId, string? failure)
    {
        Action = action;
        Time = time;
        Subject = subject;
        ClientId = clientId;
        Failure = failure;
    }

    /// <summary><c>Issue</c>, <c>Validate</c>, <c>Refresh</c>, <c>Revoke</c>, <c>RevokeFamily</c> or <c>RevokeSubject</c>.</summary>
    public string Action { get; }

    /// <summary>By the issuer's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Whose token it was; null when the token is not known.</summary>
    public string? Subject { get; }

    /// <summary>The client that the token was issued to; null when there was none.</summary>
    public string? ClientId { get; }

    /// <summary>Why it was refused, one of <see cref="AuthErrorId"/>; null when it was not.</summary>
    public string? Failure { get; }
}
