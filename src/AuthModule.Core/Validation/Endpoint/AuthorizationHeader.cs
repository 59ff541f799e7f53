namespace AuthModule.Validation.Endpoint;

/// <summary>What an <c>Authorization</c> header brought.</summary>
internal enum AuthorizationKind
{
    /// <summary>There is none, or one of another scheme.</summary>
    Nothing,

    /// <summary>The scheme is right, what follows is not one token.</summary>
    Malformed,

    Bearer,
}

/// <summary>An <c>Authorization</c> header taken apart.</summary>
internal readonly struct AuthorizationHeader(AuthorizationKind kind, string token, string reason)
{
    public AuthorizationKind Kind { get; } = kind;

    /// <summary>Empty unless <see cref="Kind"/> is Bearer.</summary>
    public string Token { get; } = token;

    /// <summary>Why there is no token, without quoting what was sent; empty when there is one.</summary>
    public string Reason { get; } = reason;

    public override string ToString() => Kind.ToString();
}
