using System;

namespace AuthModule.Http;

/// <summary>Where a reply sends a request that carries no credential: within its own origin it may be followed.</summary>
internal static class Redirects
{
    /// <summary>The request to send in its place; null where the reply is none that may be followed.</summary>
    public static WireRequest? Follow(WireReply? reply)
    {
        if (reply is null || !reply.Request.FollowsRedirects || reply.Status is not (301 or 302 or 303 or 307 or 308)
            || reply.Header("location") is not { } location || !Uri.TryCreate(reply.Request.Url, location, out Uri? target))
        {
            return null;
        }

        WireRequest sent = reply.Request;
        bool isSameOrigin = target.Scheme == sent.Url.Scheme && target.Port == sent.Url.Port && string.Equals(target.Host, sent.Url.Host, StringComparison.OrdinalIgnoreCase);
        return !isSameOrigin || target.UserInfo.Length > 0
            ? null
            : new WireRequest(sent.Operation, sent.Service, sent.Method, target, sent.Scrubber)
            {
                FollowsRedirects = true,
                ReplyLimit = sent.ReplyLimit,
                Timeout = sent.Timeout,
                Repeatable = sent.Repeatable,
            };
    }
}
