using System;
using System.Management.Automation;

namespace AuthModule.Pipeline;

/// <summary>Shows that a call is under way once it takes longer than a second. What the engine shows itself comes first.</summary>
internal sealed class SlowCallProgress(PSCmdlet cmdlet, PipelineLog log, object? target, TimeProvider clock)
{
    // Beside the engine's own progress, which has the first one.
    private const int ActivityId = 1;

    private readonly long startedAt = clock.GetTimestamp();
    private bool isShown;

    /// <summary>How often to look.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>On the pipeline thread, while the call waits.</summary>
    public void Tick()
    {
        TimeSpan elapsed = clock.GetElapsedTime(startedAt);
        if (log.HasProgress)
        {
            End();
        }
        else if (elapsed >= Interval)
        {
            isShown = true;
            Write($"Waiting for {target ?? "the service"} since {(int)elapsed.TotalSeconds} s. Ctrl+C ends it.", ProgressRecordType.Processing);
        }
    }

    public void End()
    {
        if (isShown)
        {
            isShown = false;
            Write("Done", ProgressRecordType.Completed);
        }
    }

    private void Write(string status, ProgressRecordType type) =>
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, cmdlet.MyInvocation.MyCommand.Name, status) { RecordType = type });
}
