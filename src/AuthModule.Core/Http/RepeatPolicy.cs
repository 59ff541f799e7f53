using System;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.Telemetry;
using Polly;
using Polly.Retry;

namespace AuthModule.Http;

/// <summary>
/// When and after what pause a request is sent again. <see cref="Attempt"/> says what may be; here it is held to the number of
/// repeats and to the time budget. The usual policy for transient errors is none for tokens: it repeats every 5xx.
/// </summary>
internal static class RepeatPolicy
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>With growing, jittered pauses by <paramref name="clock"/>, or after as long as the server asks.</summary>
    public static IAsyncPolicy<HttpResponseMessage> Create(TimeProvider clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                // Each request brings its own bound.
                MaxRetryAttempts = int.MaxValue,
                Delay = FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new ValueTask<bool>(
                    arguments.Outcome.Result is AttemptMessage last
                    && arguments.AttemptNumber < last.Sent.Transport.MaximumRetryCount
                    && Fits(last, clock)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(((AttemptMessage)arguments.Outcome.Result!).Attempt.Wait),
                OnRetry = arguments =>
                {
                    var last = (AttemptMessage)arguments.Outcome.Result!;
                    last.Sent.Log.Verbose($"Trying again in {arguments.RetryDelay.TotalSeconds:0.#} s ({arguments.AttemptNumber + 1} of {last.Sent.Transport.MaximumRetryCount}): {Reason(last.Attempt)}");
                    return default;
                },
            })
            .Build()
            .AsAsyncPolicy();

    // A pause that the server asks for and that does not fit into the budget ends it at once.
    private static bool Fits(AttemptMessage last, TimeProvider clock) =>
        last.Attempt.MayRepeat
        && (last.Attempt.Wait is not { } wait || clock.GetElapsedTime(last.Sent.StartedAt) + wait < last.Sent.Budget);

    private static string Reason(Attempt attempt) => attempt.Failure?.Message ?? $"status {attempt.Reply!.Status}";
}
