namespace AuthModule;

/// <summary>The ways of a second factor.</summary>
public enum MfaMethod
{
    /// <summary>A code of an authenticator app (RFC 6238).</summary>
    Totp,

    /// <summary>A code by text message.</summary>
    Sms,

    /// <summary>A code by mail.</summary>
    Email,
}
