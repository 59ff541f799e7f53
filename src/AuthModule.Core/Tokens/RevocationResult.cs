namespace AuthModule;

/// <summary>What a server said to the revocation of one token.</summary>
public enum RevocationOutcome
{
    /// <summary>There was no such token.</summary>
    None,

    /// <summary>The server confirmed it.</summary>
    Confirmed,

    /// <summary>The service cannot do it: the token works until it ends.</summary>
    Unsupported,

    /// <summary>The server was not reached or refused: the token may still work.</summary>
    Failed,
}

/// <summary>What a revocation achieved, at the server and here.</summary>
public sealed class RevocationResult
{
    /// <summary>What the server said to the access token.</summary>
    public RevocationOutcome AccessToken { get; internal init; }

    /// <summary>What the server said to the refresh token.</summary>
    public RevocationOutcome RefreshToken { get; internal init; }

    /// <summary>Whether session and store no longer hold the tokens.</summary>
    public bool LocalCleared { get; internal init; }

    /// <summary>The same in a sentence.</summary>
    public string Message { get; internal init; } = string.Empty;

    internal AuthException? Failure { get; init; }

    /// <summary>The same with what went wrong besides; a failure that it has already stays.</summary>
    internal RevocationResult WithFailure(AuthException failure) => new()
    {
        AccessToken = AccessToken,
        RefreshToken = RefreshToken,
        LocalCleared = LocalCleared,
        Failure = Failure ?? failure,
        Message = $"{Message} {failure.Message}",
    };

    /// <inheritdoc/>
    public override string ToString() => Message;
}
