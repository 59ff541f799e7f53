using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Pipeline;
using AuthModule.Reporting;
using AuthModule.Runspaces;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Commands;

/// <summary>
/// The base of every cmdlet: waits for the engine while its lines appear as they come, stops at once on Ctrl+C, and turns
/// every failure into one error record.
/// </summary>
public abstract class AsyncCommand : PSCmdlet, IPipelineThread
{
    private readonly CancellationTokenSource stop = new();
    private readonly int pipelineThread = Environment.CurrentManagedThreadId;
    private PipelineLog? log;

    private protected static AuthEngine Engine => HostedEngine.Instance;

    private protected static SessionTable Sessions => RunspaceSessions.Current;

    private protected ICallLog Log => log ??= new PipelineLog(this);

    /// <summary>Canceled when the user stops the pipeline.</summary>
    private protected CancellationToken StopToken => stop.Token;

    /// <summary>
    /// What the error records of this call name where neither the failure names a service nor the code that failed an item;
    /// null where nothing was given to name. Never a secret.
    /// </summary>
    private protected virtual object? Target => null;

    /// <summary>
    /// True where a failure concerns one of several items and the others go on. A single call ends the statement instead:
    /// a script must not go on with a token that it did not get. An explicit <c>-ErrorAction</c> is honoured either way.
    /// </summary>
    private protected virtual bool HasSeveralItems => MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        Unattended.Apply(this);
        Guard(RunsScripts ? RunAsCurrent : Run);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    private protected abstract void Run();

    /// <summary>False on the path that is to be fast and that calls no script of the user.</summary>
    private protected virtual bool RunsScripts => true;

    private void RunAsCurrent()
    {
        IPipelineThread? outer = PipelineThread.Current;
        PipelineThread.Current = this;
        try
        {
            Run();
        }
        finally
        {
            PipelineThread.Current = outer;
        }
    }

    /// <summary>The result of engine work; at once where it is there already.</summary>
    private protected T Wait<T>(ValueTask<T> pending)
    {
        try
        {
            return pending.IsCompleted ? pending.GetAwaiter().GetResult() : Pump(pending.AsTask());
        }
        finally
        {
            log?.Drain();
        }
    }

    T IPipelineThread.Run<T>(Func<T> script) => OnPipeline(script);

    /// <summary>Runs something on the pipeline thread, from whatever thread the engine is on: scripts of the user run only there.</summary>
    private protected T OnPipeline<T>(Func<T> script)
    {
        if (Environment.CurrentManagedThreadId == pipelineThread)
        {
            return script();
        }

        var ran = new Task<T>(script);
        ((PipelineLog)Log).Queue.Add(ran.RunSynchronously);

        // Unlike Wait, this leaves the script's own exception as it is.
        Task.WaitAny([ran], stop.Token);
        return ran.GetAwaiter().GetResult();
    }

    /// <summary>Writes the error record of one item; the others go on.</summary>
    /// <param name="run">What is done with the item.</param>
    /// <param name="target">The item's name as the user gave it, no secret; null leaves it to <see cref="Target"/>.</param>
    private protected void Guard(Action run, object? target = null)
    {
        try
        {
            run();
        }
        catch (Exception failure) when (IsForRecord(failure))
        {
            Report(failure, target);
        }
    }

    private T Pump<T>(Task<T> task)
    {
        var pipelineLog = (PipelineLog)Log;
        var progress = new SlowCallProgress(this, pipelineLog, Target, Engine.Clock);
        try
        {
            pipelineLog.Queue.PumpUntil(task, SlowCallProgress.Interval, progress.Tick, stop.Token);
            progress.End();
        }
        catch
        {
            // Nobody waits any more: the work is to end, and its failure has no reader.
            stop.Cancel();
            _ = task.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    // What PowerShell throws to steer a pipeline (stopped, -First reached, -ErrorAction Stop) is not ours to report.
    private static bool IsForRecord(Exception failure) =>
        failure is not (OutOfMemoryException or ThreadAbortException) && failure.GetType().Assembly != typeof(PSCmdlet).Assembly;

    private void Report(Exception failure, object? target)
    {
        if (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        string code = (failure as AuthException)?.Code ?? ErrorRecords.Unexpected;
        object nameless = code == AuthErrorId.NoSession ? "the current session" : MyInvocation.MyCommand.Name;
        ErrorRecord record = ErrorRecords.Of(failure, target ?? Target ?? nameless);
        EngineMetrics.Failed(code, MyInvocation.MyCommand.Name);
        if (HasSeveralItems || MyInvocation.BoundParameters.ContainsKey("ErrorAction"))
        {
            WriteError(record);
        }
        else
        {
            ThrowTerminatingError(record);
        }
    }
}
