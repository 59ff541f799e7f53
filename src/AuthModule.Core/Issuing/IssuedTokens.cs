using System;
using System.Collections.Generic;
using AuthModule.Secrets;

namespace AuthModule.Issuing;

/// <summary>What an issue or a refresh gives.</summary>
internal sealed record IssuedTokens
{
    public required Secret AccessToken { get; init; }

    /// <summary>Null when none was asked for.</summary>
    public Secret? RefreshToken { get; init; }

    public string TokenType => "Bearer";

    public required DateTimeOffset IssuedOn { get; init; }

    public required TimeSpan ExpiresIn { get; init; }

    public DateTimeOffset ExpiresOn => IssuedOn + ExpiresIn;

    public required TimeSpan RefreshExpiresIn { get; init; }

    /// <summary>What was granted: scopes are those of this access token, which a refresh can narrow.</summary>
    public required TokenGrant Grant { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }
}
