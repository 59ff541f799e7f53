using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;
using Polly;
using Polly.Retry;

namespace AuthModule.Http;

/// <summary>Sends again after a transient failure: with growing, jittered pauses, or after as long as the server asks.</summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns the last attempt. A pause that the server asks for and that does not fit into the budget ends it at once.</summary>
    public static async Task<Attempt> RunAsync(
        Attempt first,
        int repeats,
        TimeSpan budget,
        TimeProvider clock,
        Func<CancellationToken, Task<Attempt>> tryOnce,
        ICallLog log,
        CancellationToken cancellationToken)
    {
        long startedAt = clock.GetTimestamp();
        bool Fits(Attempt attempt) =>
            attempt.MayRepeat && (attempt.Wait is not { } wait || clock.GetElapsedTime(startedAt) + wait < budget);

        ResiliencePipeline<Attempt> pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = repeats,
                Delay = FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new ValueTask<bool>(arguments.Outcome.Exception is null && Fits(arguments.Outcome.Result)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(arguments.Outcome.Result.Wait),
                OnRetry = arguments =>
                {
                    log.Verbose($"Trying again in {arguments.RetryDelay.TotalSeconds:0.#} s ({arguments.AttemptNumber + 1} of {repeats}): {Reason(arguments.Outcome.Result)}");
                    return default;
                },
            })
            .Build();

        bool isFirst = true;
        return await pipeline.ExecuteAsync(
            async token =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    return first;
                }

                return await tryOnce(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string Reason(Attempt attempt) => attempt.Failure?.Message ?? $"status {attempt.Reply!.Status}";
}
