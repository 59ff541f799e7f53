using System;
using System.Collections.Generic;

namespace AuthModule.Validation;

/// <summary>What a result tells of a token besides its checks.</summary>
internal sealed record TokenSummary
{
    public string? Subject { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public DateTimeOffset? ExpiresOn { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    public string? Realm { get; init; }

    public IReadOnlyList<string> RequiredScopes { get; init; } = [];
}
