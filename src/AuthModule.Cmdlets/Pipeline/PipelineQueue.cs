using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Pipeline;

/// <summary>Work that only the pipeline thread may do, handed to it from any thread while it waits for a task.</summary>
internal sealed class PipelineQueue
{
    private readonly ConcurrentQueue<Action> work = new();
    private readonly ManualResetEventSlim arrived = new();

    public void Add(Action action)
    {
        work.Enqueue(action);
        arrived.Set();
    }

    /// <summary>Does what has arrived so far. On the pipeline thread only.</summary>
    public void Drain()
    {
        while (work.TryDequeue(out Action? action))
        {
            action();
        }
    }

    /// <summary>Does what arrives until the task has ended, however it ends. On the pipeline thread only.</summary>
    /// <param name="task">Whose end is waited for.</param>
    /// <param name="interval">How long nothing may happen before <paramref name="tick"/> is called.</param>
    /// <param name="tick">Called again and again while the task takes its time.</param>
    /// <param name="stopped">Canceled when the user stops the pipeline.</param>
    /// <exception cref="OperationCanceledException">The pipeline was stopped; the task is left to end by itself.</exception>
    public void PumpUntil(Task task, TimeSpan interval, Action tick, CancellationToken stopped)
    {
        _ = task.ContinueWith(
            static (_, queue) => ((PipelineQueue)queue!).arrived.Set(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            // Before the look at the queue, so that what arrives after the look is not slept through.
            arrived.Reset();
            Drain();
            if (!task.IsCompleted && !arrived.Wait(interval, stopped))
            {
                tick();
            }
        }

        Drain();
    }
}
