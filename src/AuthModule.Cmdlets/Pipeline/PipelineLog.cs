using System;
using System.Management.Automation;
using System.Threading;
using AuthModule.Diagnostics;

namespace AuthModule.Pipeline;

/// <summary>Brings lines from any thread to a cmdlet's streams, which only the pipeline thread may write.</summary>
internal sealed class PipelineLog : ICallLog
{
    private readonly PSCmdlet cmdlet;
    private readonly bool isVerbose;
    private readonly bool isDebug;
    private PipelineQueue? queue;

    /// <summary>On the pipeline thread: what the user wants to see cannot be asked from another one.</summary>
    public PipelineLog(PSCmdlet cmdlet)
    {
        this.cmdlet = cmdlet;
        isVerbose = Preference.IsShown(cmdlet, "Verbose", "VerbosePreference");
        isDebug = Preference.IsShown(cmdlet, "Debug", "DebugPreference");
    }

    /// <summary>Made at the first line: a call that is served from the session has none.</summary>
    public PipelineQueue Queue => queue ?? Interlocked.CompareExchange(ref queue, new PipelineQueue(), null) ?? queue;

    public bool IsEnabled(LogLevel level) => level switch
    {
        LogLevel.Verbose => isVerbose,
        LogLevel.Debug => isDebug,
        _ => true,
    };

    public void Write(LogLevel level, string line)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        Queue.Add(level switch
        {
            LogLevel.Debug => () => cmdlet.WriteDebug(line),
            LogLevel.Verbose => () => cmdlet.WriteVerbose(line),
            LogLevel.Warning => () => cmdlet.WriteWarning(line),
            _ => () => Inform(line),
        });
    }

    public void Progress(string activity, string status, int percent, int secondsLeft) => Queue.Add(() => cmdlet.WriteProgress(
        new ProgressRecord(0, activity, status)
        {
            PercentComplete = percent is < 0 or > 100 ? -1 : percent,
            SecondsRemaining = secondsLeft,
            RecordType = percent >= 100 ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));

    /// <summary>Writes the lines that have arrived.</summary>
    public void Drain() => queue?.Drain();

    // A person has to read these, so they are shown like Write-Host's lines and still can be redirected.
    private void Inform(string line) =>
        cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
}
