using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Http;

/// <summary>A cancellation source that fires by the injected clock.</summary>
internal static class Deadline
{
    public static CancellationTokenSource After(TimeSpan delay, TimeProvider clock)
    {
#if NETSTANDARD2_0
        return clock.CreateCancellationTokenSource(delay);
#else
        return new CancellationTokenSource(delay, clock);
#endif
    }
}
