using System;

namespace AuthModule.Http;

/// <summary>How one sending ended: a reply, or a failure that may be worth another try.</summary>
internal readonly struct Attempt
{
    private Attempt(WireReply? reply, AuthException? failure, bool mayRepeat, TimeSpan? wait)
    {
        Reply = reply;
        Failure = failure;
        MayRepeat = mayRepeat;
        Wait = wait;
    }

    public WireReply? Reply { get; }

    public AuthException? Failure { get; }

    public bool MayRepeat { get; }

    /// <summary>What the server asked to wait; null leaves it to the back-off.</summary>
    public TimeSpan? Wait { get; }

    /// <summary>
    /// 429 and 503 with <c>Retry-After</c> say that nothing was done, so any request may be repeated; 502, 503 and 504 without
    /// it do not say so, and only a request that may arrive twice is sent again.
    /// </summary>
    public static Attempt Answered(WireReply reply) => new(
        reply,
        null,
        reply.Status == 429 ? reply.RetryAfter is not null
            : reply.Status == 503 && reply.RetryAfter is not null
                || (reply.Request.Repeatable && reply.Status is 502 or 503 or 504),
        reply.RetryAfter);

    public static Attempt Failed(AuthException failure, bool mayRepeat = false) => new(null, failure, mayRepeat, null);
}
