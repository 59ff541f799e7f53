using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Concurrency;

/// <summary>
/// One run per key, however many callers: the first starts it, the others wait for the same result or the same failure.
/// A caller who leaves takes nothing from the others; when the last one has left, the run is canceled.
/// </summary>
internal sealed class SingleFlight<TKey, TResult>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Flight> flights = [];

    /// <param name="key">What the callers share.</param>
    /// <param name="start">The run. Its token is canceled only when no caller is left.</param>
    /// <param name="joined">Called when another caller's run is under way and this one waits for it; may be null.</param>
    /// <param name="cancellationToken">This caller's own.</param>
    public async Task<TResult> RunAsync(TKey key, Func<CancellationToken, Task<TResult>> start, Action? joined, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flight flight;
        bool isFirst = false;
        lock (flights)
        {
            if (!flights.TryGetValue(key, out Flight? underWay))
            {
                underWay = new Flight();
                flights.Add(key, underWay);
                isFirst = true;
            }

            flight = underWay;
            flight.Callers++;
        }

        if (isFirst)
        {
            _ = FlyAsync(key, flight, start);
        }
        else
        {
            joined?.Invoke();
        }

        try
        {
            return await flight.Result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private async Task FlyAsync(TKey key, Flight flight, Func<CancellationToken, Task<TResult>> start)
    {
        try
        {
            // Not on the caller's thread: what it starts must not run inside the caller's locks or pipeline.
            TResult result = await Task.Run(() => start(flight.Stop.Token), CancellationToken.None).ConfigureAwait(false);
            Remove(key, flight);
            flight.Result.TrySetResult(result);
        }
        catch (OperationCanceledException canceled)
        {
            Remove(key, flight);
            flight.Result.TrySetCanceled(canceled.CancellationToken);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the callers who wait.
        catch (Exception failure)
        {
            Remove(key, flight);
            flight.Result.TrySetException(failure);
            _ = flight.Result.Task.Exception; // Seen, also where every caller has left.
        }
#pragma warning restore CA1031
    }

    // Before the result is handed out: whoever comes after it must not get an old one.
    private void Remove(TKey key, Flight flight)
    {
        lock (flights)
        {
            if (flights.TryGetValue(key, out Flight? current) && ReferenceEquals(current, flight))
            {
                flights.Remove(key);
            }
        }
    }

    private void Leave(TKey key, Flight flight)
    {
        bool isLast;
        lock (flights)
        {
            isLast = --flight.Callers == 0;
            if (isLast && flights.TryGetValue(key, out Flight? current) && ReferenceEquals(current, flight))
            {
                flights.Remove(key);
            }
        }

        if (isLast && !flight.Result.Task.IsCompleted)
        {
            flight.Stop.Cancel();
        }
    }

    private sealed class Flight
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Stop { get; } = new();

        public int Callers { get; set; }
    }
}
