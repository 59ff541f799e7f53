namespace AuthModule;

/// <summary>What a locally issued access token looks like. Refresh tokens are always opaque.</summary>
public enum TokenFormat
{
    /// <summary>43 random base64url characters that mean something to the store only.</summary>
    Opaque,

    /// <summary>A signed JWT after RFC 9068, which others can check with the issuer's keys. It is in the store as well, so that it can be revoked.</summary>
    Jwt,
}
