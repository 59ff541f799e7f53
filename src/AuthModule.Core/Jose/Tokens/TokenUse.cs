namespace AuthModule.Jose.Tokens;

/// <summary>What a token is for.</summary>
internal enum TokenUse
{
    Access,
    Id,

    /// <summary>An access or an ID token.</summary>
    Any,

    /// <summary>What an issuer sends to a client when a person signs out (OpenID Connect Back-Channel Logout 1.0, section 2.4).</summary>
    Logout,

    /// <summary>No token: what a server says and signs, such as who somebody is (OpenID Connect Core, section 5.3.2), or its answer to an authorization request (JARM).</summary>
    Message,
}
