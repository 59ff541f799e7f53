using System;
using System.Collections.Generic;

namespace AuthModule.Issuing;

/// <summary>What the store knows of a token. The token itself is not in it.</summary>
internal sealed record TokenRecord
{
    public const string Access = "access";
    public const string Refresh = "refresh";

    public required string Type { get; init; }

    public required TokenGrant Grant { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Of a refresh record: the key of the access token that was issued with it.</summary>
    public string? AccessTokenHash { get; init; }

    public string Subject => Grant.Subject;

    public IReadOnlyList<string> Scopes => Grant.Scopes;

    public string? ClientId => Grant.ClientId;
}
