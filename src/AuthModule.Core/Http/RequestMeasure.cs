using System;
using System.Diagnostics;
using System.Threading;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <summary>Counts and times one sending, however it ends.</summary>
internal sealed class RequestMeasure(WireRequest request, TimeProvider clock, long sentAt, CancellationToken deadline) : IDisposable
{
    private readonly Activity? activity = EngineMetrics.StartRequest(
        request.Operation, request.Method.Method, request.Url, () => request.Scrubber.Scrub(request.Url.AbsolutePath));

    /// <summary>Of the reply; null where none came.</summary>
    public int? Status { get; set; }

    /// <summary>What prevented a reply, where it was neither the deadline nor the caller.</summary>
    public string? Error { get; set; }

    public void Dispose() =>
        EngineMetrics.EndRequest(activity, request.Operation, request.Url, Status, Error ?? (Status is null ? WhyEnded : null), clock.GetElapsedTime(sentAt));

    private string WhyEnded => deadline.IsCancellationRequested ? AuthErrorId.Timeout : AuthErrorId.Canceled;
}
