namespace AuthModule.Jose.Tokens;

/// <summary>What a token is for.</summary>
internal enum TokenUse
{
    Access,
    Id,

    /// <summary>An access or an ID token.</summary>
    Any,
}
