using System;

namespace AuthModule.TestServer.Dialects;

/// <summary>How the services that the embedded server imitates behave.</summary>
internal sealed record DialectOptions
{
    public DialectVariant Variant { get; init; }

    /// <summary>A wish for a longer life than this is cut.</summary>
    public TimeSpan MaximumTokenLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Of the JSON login API: requests that one address may send in a minute.</summary>
    public int RequestsPerMinute { get; init; } = 1000;

    /// <summary>Of the JSON login API: errors as RFC 7807 in place of <c>detail</c>.</summary>
    public bool ProblemErrors { get; init; }

    /// <summary>How <c>exp</c> and <c>iat</c> of the sign-in envelope are written.</summary>
    public TimeNotation Times { get; init; }

    /// <summary>The user pool, which is the path of its issuer.</summary>
    public string CognitoPool { get; init; } = "eu-central-1_Embedded1";
}

/// <summary>A time since 1970.</summary>
internal enum TimeNotation
{
    Seconds,
    Milliseconds,
    SecondsText,
    MillisecondsText,
}
