using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Telemetry;

namespace AuthModule.Interaction;

/// <summary>Waits for a person, and shows how long there is left.</summary>
internal sealed class PersonWait
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly string activity;
    private readonly string status;
    private readonly TimeSpan longest;
    private readonly TimeProvider clock;
    private readonly ICallLog log;
    private readonly long startedAt;

    public PersonWait(string activity, string status, TimeSpan longest, TimeProvider clock, ICallLog log)
    {
        this.activity = activity;
        this.status = status;
        this.longest = longest;
        this.clock = clock;
        this.log = log;
        startedAt = clock.GetTimestamp();
    }

    public TimeSpan Elapsed => clock.GetElapsedTime(startedAt);

    public bool IsOver => Elapsed >= longest;

    /// <summary>Waits for so long, or until the time is over.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        TimeSpan end = Elapsed + pause;

        // One look at the clock a round: between two of them the time may run out, and a pause cannot be negative.
        for (TimeSpan left = pause; left > TimeSpan.Zero && !IsOver; left = end - Elapsed)
        {
            Show();
            await ClockDelay.ForAsync(left < Tick ? left : Tick, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for something that a person does; false when the time is over first.</summary>
    public async Task<bool> ForAsync(Task done, CancellationToken cancellationToken)
    {
        while (!done.IsCompleted && !IsOver)
        {
            Show();
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(done, ClockDelay.ForAsync(Tick, clock, tick.Token)).ConfigureAwait(false);
            tick.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return done.IsCompleted;
    }

    public void End() => log.Progress(activity, status, 100, 0);

    private void Show()
    {
        TimeSpan elapsed = Elapsed;
        int percent = Math.Min(99, (int)(100 * elapsed.TotalSeconds / longest.TotalSeconds));
        log.Progress(activity, status, percent, Math.Max(0, (int)(longest - elapsed).TotalSeconds));
    }
}
