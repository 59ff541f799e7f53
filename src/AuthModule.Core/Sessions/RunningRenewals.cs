using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Sessions;

/// <summary>
/// Renewals that no caller waits for. A process that ends waits for them a moment: cut off between the service's answer and
/// the store, a refresh token that works once would be lost.
/// </summary>
internal sealed class RunningRenewals
{
    private static readonly TimeSpan LongestWaitAtExit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<SessionKey, Task> running = [];
    private bool waitsAtExit;

    /// <summary>Starts one, unless one of this session is under way.</summary>
    public void Start(SessionKey key, Func<Task> renew)
    {
        lock (running)
        {
            if (running.ContainsKey(key))
            {
                return;
            }

            if (!waitsAtExit)
            {
                waitsAtExit = true;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => WaitAtExit();
            }

            running.Add(key, Task.Run(async () =>
            {
                try
                {
                    await renew().ConfigureAwait(false);
                }
                finally
                {
                    lock (running)
                    {
                        running.Remove(key);
                    }
                }
            }));
        }
    }

    /// <summary>Completes when those that are under way now have ended.</summary>
    public Task WhenDoneAsync()
    {
        lock (running)
        {
            return Task.WhenAll(running.Values);
        }
    }

    private void WaitAtExit()
    {
        try
        {
            WhenDoneAsync().Wait(LongestWaitAtExit);
        }
        catch (AggregateException)
        {
            // The session keeps its failure; there is nobody left to tell.
        }
    }
}
