using System;
using System.Net.Http;
using System.Threading;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <summary>A request whose first attempt may be repeated, on its way through the handlers. Each attempt makes its own message of it.</summary>
internal sealed class RepeatMessage(WireRequest request, TransportSettings transport, ICallLog log, Attempt first)
    : HttpRequestMessage(request.Method, request.Url)
{
    private Attempt? made = first;

    public WireRequest Request { get; } = request;

    public TransportSettings Transport { get; } = transport;

    public ICallLog Log { get; } = log;

    /// <summary>When the budget is used up.</summary>
    public required CancellationToken Deadline { get; init; }

    /// <summary>For all attempts and the pauses between them.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>The clock's timestamp from which the budget counts.</summary>
    public required long StartedAt { get; init; }

    /// <summary>The attempt that was made before anything was known about repeating; null after the first time.</summary>
    public Attempt? TakeFirst()
    {
        Attempt? taken = made;
        made = null;
        return taken;
    }
}
