using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Http;

/// <summary>Waits by the injected clock.</summary>
internal static class Pause
{
    public static Task ForAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        return clock.Delay(time, cancellationToken);
#else
        return Task.Delay(time, clock, cancellationToken);
#endif
    }
}
