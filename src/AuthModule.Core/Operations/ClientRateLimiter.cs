using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Telemetry;

namespace AuthModule.Operations;

/// <summary>
/// Keeps this process within what a service allows: so many requests in a window, as the description says, and none while the
/// service has said that nothing is left. A short wait is waited; a long one is an error at once.
/// </summary>
internal sealed class ClientRateLimiter(TimeProvider clock)
{
    public const int MaxServices = 1000;

    // A server that asks for more is believed so far, then asked again.
    private static readonly TimeSpan LongestClosing = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Provider, string Authority), Window> windows = new();

    public int Count => windows.Count;

    /// <exception cref="AuthenticationException">RateLimited: the wait is longer than the time-out of the call.</exception>
    public async ValueTask EnterAsync(Service service, string title, ICallLog log, CancellationToken cancellationToken)
    {
        Window window = WindowOf(service);
        long startedAt = clock.GetTimestamp();
        while (window.WaitFor(service.Description.Rate, clock) is { } wait)
        {
            if (clock.GetElapsedTime(startedAt) + wait > service.Transport.Timeout)
            {
                throw AuthError.Create(
                    AuthErrorId.RateLimited,
                    $"{service.DisplayName} allows no request for {Math.Ceiling(wait.TotalSeconds)} seconds; the {title} was not sent.",
                    new ErrorDetails { Service = service.DisplayName, RetryAfter = wait });
            }

            log.Verbose($"Waiting {wait.TotalSeconds:0.#} s: {service.DisplayName} limits its requests.");
            await ClockDelay.ForAsync(wait, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Learns from a reply: nothing left, or told to wait.</summary>
    public void Learn(Service service, WireReply reply)
    {
        RateLimit? limit = RateLimitHeaders.Read(reply);
        TimeSpan? wait = reply.Status == 429 ? reply.RetryAfter : null;
        if (wait is null && limit is { Remaining: 0, ResetsOn: { } reset })
        {
            wait = reset - (reply.ServerTime ?? clock.GetUtcNow());
        }

        if (wait > TimeSpan.Zero)
        {
            WindowOf(service).CloseFor(wait.Value < LongestClosing ? wait.Value : LongestClosing, clock);
        }
    }

    private Window WindowOf(Service service)
    {
        (string, string) key = (service.Description.Name, service.Authority);
        if (windows.TryGetValue(key, out Window? known))
        {
            return known;
        }

        if (windows.Count >= MaxServices)
        {
            windows.Clear();
        }

        return windows.GetOrAdd(key, static _ => new Window());
    }

    private sealed class Window
    {
        private readonly Queue<long> sent = new();
        private long closedAt;
        private TimeSpan closedFor;

        /// <summary>Null when the request may go out, which is counted; else how long to wait.</summary>
        public TimeSpan? WaitFor(AuthModule.Providers.RateDescription? rate, TimeProvider clock)
        {
            lock (sent)
            {
                TimeSpan closed = closedFor == TimeSpan.Zero ? TimeSpan.Zero : closedFor - clock.GetElapsedTime(closedAt);
                if (closed > TimeSpan.Zero)
                {
                    return closed;
                }

                closedFor = TimeSpan.Zero;
                if (rate is null)
                {
                    return null;
                }

                var span = TimeSpan.FromSeconds(rate.Seconds);
                while (sent.Count > 0 && clock.GetElapsedTime(sent.Peek()) >= span)
                {
                    sent.Dequeue();
                }

                if (sent.Count >= rate.Requests)
                {
                    return span - clock.GetElapsedTime(sent.Peek());
                }

                sent.Enqueue(clock.GetTimestamp());
                return null;
            }
        }

        public void CloseFor(TimeSpan wait, TimeProvider clock)
        {
            lock (sent)
            {
                closedAt = clock.GetTimestamp();
                closedFor = wait;
            }
        }
    }
}
