using AuthModule.Requests;
using AuthModule.Validation;

namespace AuthModule.TokenTesting;

/// <summary>What a caller wants tokens tested against.</summary>
internal sealed record TokenTestRequest
{
    /// <summary>The service whose tokens they should be; where it names nothing, that of <see cref="Session"/> or of the current session.</summary>
    public TokenRequest Service { get; init; } = new();

    /// <summary>The session that the token came from; null for a token from elsewhere.</summary>
    public AuthSession? Session { get; init; }

    /// <summary>The caller's own issuer; its records know the token.</summary>
    public AuthIssuer? Issuer { get; init; }

    /// <summary>Asks the server about the token (RFC 7662) instead of verifying its signature.</summary>
    public bool Introspect { get; init; }

    /// <summary>The id and credential of the client that asks; null asks as the service's, or as the session's there.</summary>
    public TokenRequest? IntrospectingClient { get; init; }

    /// <summary>A file or an address with keys; null finds them by the service.</summary>
    public string? Jwks { get; init; }

    /// <summary>The caller's rules; keys, clock and claim names are filled in.</summary>
    public ValidationRules Rules { get; init; } = new();
}
