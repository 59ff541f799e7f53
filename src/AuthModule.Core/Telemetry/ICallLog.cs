namespace AuthModule.Telemetry;

/// <summary>How much a line matters. The names are PowerShell's streams, the command line maps them to stderr.</summary>
internal enum LogLevel
{
    /// <summary>Each request, masked.</summary>
    Debug,

    /// <summary>Each decision: served from the session, renewing because ..., waiting for another caller.</summary>
    Verbose,

    /// <summary>Something works, but not as the user would want to have it.</summary>
    Warning,

    /// <summary>What a person must read to go on, e.g. a device code.</summary>
    Information,
}

/// <summary>Where one call tells what it does. Lines hold no secret. Called from any thread.</summary>
internal interface ICallLog
{
    /// <summary>False where building the line would be work for nobody.</summary>
    bool IsEnabled(LogLevel level);

    void Write(LogLevel level, string line);

    /// <summary>Progress of something long; a percentage below zero is unknown, 100 ends it.</summary>
    void Progress(string activity, string status, int percent, int secondsLeft);
}

/// <summary>A log that nobody reads.</summary>
internal sealed class NoLog : ICallLog
{
    public static NoLog Instance { get; } = new();

    public bool IsEnabled(LogLevel level) => false;

    public void Write(LogLevel level, string line)
    {
    }

    public void Progress(string activity, string status, int percent, int secondsLeft)
    {
    }
}

internal static class CallLogLines
{
    public static void Verbose(this ICallLog log, string line) => log.Write(LogLevel.Verbose, line);

    public static void Debug(this ICallLog log, string line) => log.Write(LogLevel.Debug, line);

    public static void Warning(this ICallLog log, string line) => log.Write(LogLevel.Warning, line);
}
