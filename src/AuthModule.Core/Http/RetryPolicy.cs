using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Http;

namespace AuthModule.Http;

/// <summary>Sends again after a transient failure. Nothing else touches the libraries that do it, so that a good path never loads them.</summary>
internal static class RetryPolicy
{
    /// <summary>The handlers that a request goes through once its first attempt failed; for all requests of a door.</summary>
    public static HttpMessageInvoker Chain(AttemptHandler attempts, TimeProvider clock) =>
        new(new PolicyHttpMessageHandler(RepeatPolicy.Create(clock)) { InnerHandler = attempts }, disposeHandler: false);

    /// <summary>Returns the last attempt.</summary>
    public static async Task<Attempt> RunAsync(HttpMessageInvoker chain, RepeatMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            using HttpResponseMessage last = await chain.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return ((AttemptMessage)last).Attempt;
        }
    }
}
