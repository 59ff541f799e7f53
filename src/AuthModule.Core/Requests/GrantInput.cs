using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What the ways to get a token are fed with; each takes what it needs.</summary>
internal sealed record GrantInput
{
    public string? UserName { get; init; }

    public Secret? Password { get; init; }

    /// <summary>A second factor's code. Works once, so it is not used again at a renewal.</summary>
    public Secret? Otp { get; init; }

    /// <summary>The wish for a lifetime, e.g. <c>7d</c>.</summary>
    public string? TokenDuration { get; init; }

    public Secret? RefreshToken { get; init; }

    public Secret? ApiKey { get; init; }

    /// <summary>The caller's own issuer.</summary>
    public AuthIssuer? Issuer { get; init; }

    /// <summary>For whom that issuer makes a token.</summary>
    public string? Subject { get; init; }
}
