using System;
using System.Collections.Generic;

namespace AuthModule.Issuing;

/// <summary>What an issuer has noted of one subject at one client.</summary>
internal sealed class LedgerLine(string subject, string? clientId)
{
    public string Subject { get; } = subject;

    public string? ClientId { get; } = clientId;

    public long Issued { get; set; }

    public long Validated { get; set; }

    public long Refreshed { get; set; }

    public long Refused { get; set; }

    public long Revoked { get; set; }

    public DateTimeOffset LastUsedOn { get; set; }

    /// <summary>By the key of the token's record: whether it is a refresh token, and when it ends.</summary>
    public Dictionary<string, LedgerToken> Tokens { get; } = new(StringComparer.Ordinal);

    public void Add(LedgerLine other)
    {
        Issued += other.Issued;
        Validated += other.Validated;
        Refreshed += other.Refreshed;
        Refused += other.Refused;
        Revoked += other.Revoked;
        LastUsedOn = other.LastUsedOn > LastUsedOn ? other.LastUsedOn : LastUsedOn;
    }
}

/// <summary>One token in use.</summary>
internal sealed record LedgerToken(bool IsRefresh, DateTimeOffset ExpiresAt);
