using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>A JWT that the client makes itself (RFC 7519) and signs with its own key.</summary>
internal sealed record AssertionDescription(string Name)
{
    /// <summary>Of these the first that fits the key; empty leaves it to the key.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>Seconds from <c>iat</c> to <c>exp</c>.</summary>
    public int Lifetime { get; init; } = 300;

    /// <summary>Seconds that <c>iat</c> lies in the past, for services whose clock may be behind.</summary>
    public int Backdate { get; init; }

    /// <summary>Whether there is an <c>nbf</c>, which is <c>iat</c>.</summary>
    public bool HasNotBefore { get; init; }

    public IReadOnlyList<FieldDescription> Header { get; init; } = [];

    public IReadOnlyList<FieldDescription> Claims { get; init; } = [];
}
