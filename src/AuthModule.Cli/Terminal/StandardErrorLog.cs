using System.IO;
using AuthModule.Cli.Dsc;
using AuthModule.Errors;
using AuthModule.Telemetry;

namespace AuthModule.Cli.Terminal;

/// <summary>The engine's diagnostics on stderr: warnings always, decisions with --verbose, requests with --debug.</summary>
internal sealed class StandardErrorLog(TextWriter error, LogLevel least, bool forDsc = false) : ICallLog
{
    public bool IsEnabled(LogLevel level) => level >= least;

    public void Write(LogLevel level, string line)
    {
        if (IsEnabled(level))
        {
            line = VisibleText.Of(line);
            error.WriteLine(forDsc ? DscTrace.Line(level, line) : level == LogLevel.Information ? line : $"{level.ToString().ToLowerInvariant()}: {line}");
        }
    }

    // A progress bar is for people at a terminal; whoever wants to know more asks for --verbose.
    public void Progress(string activity, string status, int percent, int secondsLeft)
    {
        if (percent < 100)
        {
            Write(LogLevel.Verbose, $"{activity}: {status}");
        }
    }
}
