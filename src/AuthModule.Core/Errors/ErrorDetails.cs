using System;
using System.Collections.Generic;

namespace AuthModule.Errors;

/// <summary>What is known of a failure besides its id and its sentence. Every text here has been freed of secrets.</summary>
internal sealed record ErrorDetails
{
    public static ErrorDetails None { get; } = new();

    /// <summary>What to do next; null takes the advice that the id has in <see cref="ErrorCatalog"/>.</summary>
    public string? Action { get; init; }

    /// <summary>The service as the user knows it, e.g. <c>https://id.contoso.com</c>; null when no service took part.</summary>
    public string? Service { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>The server's <c>error</c> (RFC 6749, section 5.2) or what its dialect has in its place.</summary>
    public string? OAuthError { get; init; }

    public string? OAuthErrorDescription { get; init; }

    /// <summary>From <c>Retry-After</c>, as a time from now.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The second factors that the service offers, in its words.</summary>
    public IReadOnlyList<string> MfaMethods { get; init; } = [];

    /// <summary>The request cannot have reached the service.</summary>
    public bool WasNotSent { get; init; }

    /// <summary>Whether waiting helps, where that is known better than by the id; null takes what the id says.</summary>
    public bool? IsTransient { get; init; }

    public string? CorrelationId { get; init; }

    public RateLimit? RateLimit { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The same, with texts that a terminal can be shown.</summary>
    public ErrorDetails Visible() => this with
    {
        Action = VisibleText.OfOptional(Action),
        Service = VisibleText.OfOptional(Service),
        OAuthError = VisibleText.OfOptional(OAuthError),
        OAuthErrorDescription = VisibleText.OfOptional(OAuthErrorDescription),
        CorrelationId = VisibleText.OfOptional(CorrelationId),
    };
}
