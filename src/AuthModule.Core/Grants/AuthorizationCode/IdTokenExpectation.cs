using System;
using System.Collections.Generic;
using AuthModule.Secrets;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>What an ID token has to match, besides the session that it renews.</summary>
internal sealed record IdTokenExpectation
{
    /// <summary>Of a reply that may bring one or not, to a request that names nobody.</summary>
    public static IdTokenExpectation None { get; } = new();

    /// <summary>A person signs in: one has to come where <c>openid</c> was asked for.</summary>
    public bool IsRequired { get; init; }

    /// <summary>When the sign-in began: no ID token of it can be older; null does not look.</summary>
    public DateTimeOffset? StartedOn { get; init; }

    /// <summary>Null where none was sent.</summary>
    public string? Nonce { get; init; }

    /// <summary>Null where there was none.</summary>
    public Secret? Code { get; init; }

    /// <summary>How long ago the person may have signed in; null for any time.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>One of these has to be how; empty for any.</summary>
    public IReadOnlyList<string> ContextClasses { get; init; } = [];

    /// <summary>An ID token has to say how or when the person signed in.</summary>
    public bool AsksHow => MaximumAge is not null || ContextClasses.Count > 0;

    public static IdTokenExpectation OfSignIn(DateTimeOffset startedOn) => new() { IsRequired = true, StartedOn = startedOn };
}
