using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Concurrency;

/// <summary>Waits by the injected clock.</summary>
internal static class ClockDelay
{
    /// <param name="time">What is not above zero is over already: who works it out from a clock that goes on may come too late.</param>
    /// <param name="clock">By which it is measured.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task ForAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (time < TimeSpan.Zero)
        {
            time = TimeSpan.Zero;
        }

#if NETSTANDARD2_0
        return clock.Delay(time, cancellationToken);
#else
        return Task.Delay(time, clock, cancellationToken);
#endif
    }
}
