using System;
using System.Management.Automation;
using System.Threading;
using AuthModule.Errors;
using AuthModule.Telemetry;

namespace AuthModule.Pipeline;

/// <summary>Brings lines from any thread to a cmdlet's streams, which only the pipeline thread may write.</summary>
internal sealed class PipelineLog : ICallLog
{
    private enum Answer
    {
        Unknown,
        Yes,
        No,
    }

    private readonly PSCmdlet cmdlet;
    private readonly int pipelineThread = Environment.CurrentManagedThreadId;
    private volatile Answer verbose;
    private volatile Answer debug;
    private volatile bool hasProgress;
    private PipelineQueue? queue;

    /// <summary>On the pipeline thread.</summary>
    public PipelineLog(PSCmdlet cmdlet) => this.cmdlet = cmdlet;

    /// <summary>True while the engine shows how far it is.</summary>
    public bool HasProgress { get => hasProgress; private set => hasProgress = value; }

    /// <summary>Made at the first line: a call that is served from the session has none.</summary>
    public PipelineQueue Queue => queue ?? Interlocked.CompareExchange(ref queue, new PipelineQueue(), null) ?? queue;

    public bool IsEnabled(LogLevel level) => level switch
    {
        LogLevel.Verbose => (verbose == Answer.Unknown ? verbose = Ask("Verbose", "VerbosePreference") : verbose) != Answer.No,
        LogLevel.Debug => (debug == Answer.Unknown ? debug = Ask("Debug", "DebugPreference") : debug) != Answer.No,
        _ => true,
    };

    public void Write(LogLevel level, string line)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        line = VisibleText.Of(line);
        Queue.Add(level switch
        {
            LogLevel.Debug => () => WriteIfShown(LogLevel.Debug, cmdlet.WriteDebug, line),
            LogLevel.Verbose => () => WriteIfShown(LogLevel.Verbose, cmdlet.WriteVerbose, line),
            LogLevel.Warning => () => cmdlet.WriteWarning(line),
            _ => () => Inform(line),
        });
    }

    public void Progress(string activity, string status, int percent, int secondsLeft)
    {
        HasProgress = percent < 100;
        Queue.Add(() => cmdlet.WriteProgress(
            new ProgressRecord(0, VisibleText.Of(activity), VisibleText.Of(status))
            {
                PercentComplete = percent is < 0 or > 100 ? -1 : percent,
                SecondsRemaining = secondsLeft,
                RecordType = percent >= 100 ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            }));
    }

    /// <summary>Writes the lines that have arrived.</summary>
    public void Drain() => queue?.Drain();

    // On the pipeline thread: the engine's could not ask.
    private void WriteIfShown(LogLevel level, Action<string> write, string line)
    {
        if (IsEnabled(level))
        {
            write(line);
        }
    }

    // Asked late, because the answer costs more than handing out a token that is there. Another thread cannot ask: its lines
    // are queued, and PowerShell drops what nobody wants to see.
    private Answer Ask(string parameter, string variable) =>
        Environment.CurrentManagedThreadId != pipelineThread ? Answer.Unknown
        : Preference.IsShown(cmdlet, parameter, variable) ? Shown(variable)
        : Answer.No;

    private Answer Shown(string variable)
    {
        Unattended.Apply(cmdlet, variable);
        return Answer.Yes;
    }

    // A person has to read these, so they are shown like Write-Host's lines and still can be redirected.
    private void Inform(string line) =>
        cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
}
