using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Sessions;

/// <summary>Who asks, and so how long an earlier failure answers for the service.</summary>
internal enum RenewalCaller
{
    Caller,

    /// <summary>Wants a new token whatever there is: only the service's own wish to wait holds it, and one second.</summary>
    Insistent,

    /// <summary>Nobody waits: it has time.</summary>
    Background,
}

/// <summary>
/// Failures that answer for the service for a while, so that a script in a loop neither locks an account nor loads a server
/// that asked to wait. Another secret is another key and not held up.
/// </summary>
internal sealed class FailureMemory(TimeProvider clock)
{
    public const int MaxEntries = 1024;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan InsistentWait = TimeSpan.FromSeconds(1);

    // A server that asks for more is believed so far, then asked again.
    private static readonly TimeSpan LongestServerWait = TimeSpan.FromMinutes(15);

    // A failure so long after the last one starts the growing anew.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly Dictionary<SessionKey, Entry> entries = [];

    public int Count
    {
        get
        {
            lock (entries)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>The failure that answers this time; null where the service may be asked.</summary>
    public AuthException? Recall(SessionKey key, RenewalCaller caller)
    {
        lock (entries)
        {
            if (!entries.TryGetValue(key, out Entry? entry))
            {
                return null;
            }

            TimeSpan left = entry.WaitOf(caller) - clock.GetElapsedTime(entry.At);
            return left > TimeSpan.Zero ? Remembered(entry.Failure, left) : null;
        }
    }

    /// <param name="key">The session.</param>
    /// <param name="failure">What the service, or the way to it, answered.</param>
    /// <param name="repeats">The same secret would be sent again with nobody there; only then it can do harm.</param>
    public void Remember(SessionKey key, AuthException failure, bool repeats)
    {
        lock (entries)
        {
            bool isAgain = entries.TryGetValue(key, out Entry? last) && clock.GetElapsedTime(last.At) < Forgotten;
            if (!isAgain && entries.Count >= MaxEntries)
            {
                DropOldest();
            }

            int times = isAgain ? last!.Times + 1 : 0;
            TimeSpan grown = Smaller(TimeSpan.FromTicks(FirstWait.Ticks << Math.Min(times, 10)), LongestWait);
            TimeSpan asked = Smaller(failure.RetryAfter ?? TimeSpan.Zero, LongestServerWait);
            entries[key] = new Entry(failure, clock.GetTimestamp(), times, grown, asked, IsRefusal: repeats && IsRefusal(failure.Code));
        }
    }

    public void Forget(SessionKey key)
    {
        lock (entries)
        {
            entries.Remove(key);
        }
    }

    // The same again gets the same answer, and some services count it against the account.
    private static bool IsRefusal(string code) => code is
        AuthErrorId.InvalidClient or AuthErrorId.InvalidCredentials or AuthErrorId.AccountLocked or AuthErrorId.AccessDenied
        or AuthErrorId.UnsupportedGrant or AuthErrorId.InvalidScope or AuthErrorId.RateLimited;

    private static AuthException Remembered(AuthException failure, TimeSpan left) => AuthError.Create(
        failure.Code,
        FormattableString.Invariant($"{failure.Message} This is a remembered answer: nothing was sent, and the service is not asked again for {Math.Ceiling(left.TotalSeconds):0} seconds."),
        failure.Details with { Action = failure.RecommendedAction, RetryAfter = left, Cause = failure });

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void DropOldest()
    {
        SessionKey oldest = entries.OrderBy(entry => entry.Value.At).First().Key;
        entries.Remove(oldest);
    }

    private sealed record Entry(AuthException Failure, long At, int Times, TimeSpan Grown, TimeSpan AskedByServer, bool IsRefusal)
    {
        public TimeSpan WaitOf(RenewalCaller caller)
        {
            TimeSpan own = caller switch
            {
                RenewalCaller.Background => Grown,
                RenewalCaller.Insistent => IsRefusal ? InsistentWait : TimeSpan.Zero,
                _ => IsRefusal ? Grown : TimeSpan.Zero,
            };
            return own > AskedByServer ? own : AskedByServer;
        }
    }
}
