namespace AuthModule;

/// <summary>What a session's token is good for now.</summary>
public enum SessionState
{
    /// <summary>Handed out as it is.</summary>
    Fresh,

    /// <summary>Still usable, and renewed in the background by the next call.</summary>
    Stale,

    /// <summary>Ended; the next call waits for a new one.</summary>
    Expired,

    /// <summary>The last try to get one failed and there is none to use: see <see cref="AuthSession.LastError"/>.</summary>
    Failed,
}
