using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <summary>Sends requests within one time budget, refuses redirects and cleartext, bounds replies, names failures.</summary>
internal sealed partial class HttpSender(TimeProvider clock) : IHttpSender
{
    // A service that moved one of its documents needs one; a circle needs any number.
    private const int MaxRedirects = 3;

    private readonly ConnectionPool connections = new();
    private AttemptHandler? attempts;
    private HttpMessageInvoker? repeats;

    private AttemptHandler Attempts => attempts ??= new AttemptHandler(connections, clock);

    /// <summary>Closes the connections that nobody uses now. The next request opens new ones.</summary>
    public void Release() => connections.Release();

    public async Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        AddressPolicy.RequireProtected(request.Url, request.Service, transport);
        TimeSpan budget = request.Timeout ?? transport.Timeout;
        using CancellationTokenSource deadline = Deadline.After(budget, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            for (int redirects = 0; ; redirects++)
            {
                Attempt first = await Attempts.TryAsync(request, transport, log, deadline.Token, either.Token).ConfigureAwait(false);
                Attempt last = first.MayRepeat && transport.MaximumRetryCount > 0
                    ? await RepeatAsync(first, request, transport, budget, log, deadline.Token, either.Token).ConfigureAwait(false)
                    : first;
                if (redirects == MaxRedirects || Redirects.Follow(last.Reply) is not { } next)
                {
                    return Accept(last);
                }

                log.Verbose($"{request.Service} redirects the {request.Operation} within its own origin, to {next.Url.AbsolutePath}.");
                request = next;
            }
        }
        catch (OperationCanceledException cause) when (cancellationToken.IsCancellationRequested)
        {
            throw AuthError.Canceled($"The {request.Operation} to {request.Service}", cause);
        }
        catch (OperationCanceledException cause) when (deadline.IsCancellationRequested)
        {
            throw TimedOut(request, transport, budget, cause);
        }
    }

    private static AuthException TimedOut(WireRequest request, TransportSettings transport, TimeSpan budget, OperationCanceledException cause) => AuthError.Create(
        AuthErrorId.Timeout,
        FormattableString.Invariant($"{request.Service} did not answer the {request.Operation}{(ProxyChoice.For(transport, request.Url) is { } proxy ? $" through the proxy {ProxyAddress.Show(proxy)}" : string.Empty)} within {budget.TotalSeconds:0.###} seconds."),
        new ErrorDetails { Service = request.Service, CorrelationId = request.RequestId, Cause = cause });

    // The libraries that repeat are loaded only when there is something to repeat.
    private Task<Attempt> RepeatAsync(
        Attempt first, WireRequest request, TransportSettings transport, TimeSpan budget, ICallLog log, CancellationToken deadline, CancellationToken cancellationToken)
    {
        repeats ??= RetryPolicy.Chain(Attempts, clock);
        var message = new RepeatMessage(request, transport, log, first)
        {
            Deadline = deadline,
            Budget = budget,
            StartedAt = first.Reply?.SentAt ?? clock.GetTimestamp(),
        };
        return RetryPolicy.RunAsync(repeats, message, cancellationToken);
    }

    private static WireReply Accept(Attempt attempt)
    {
        if (attempt.Failure is { } failure)
        {
            throw failure;
        }

        WireReply reply = attempt.Reply!;
        if (reply.Status is >= 300 and <= 399)
        {
            string target = reply.Header("location") is { } location ? $" to {reply.Request.Scrubber.Scrub(RedirectTarget(reply.Request.Url, location))}" : string.Empty;
            throw AuthError.Create(
                AuthErrorId.RedirectRefused,
                $"{reply.Request.Service} redirected the {reply.Request.Operation}{target} ({reply.Status}); it was not followed.",
                new ErrorDetails { Service = reply.Request.Service, StatusCode = reply.Status, CorrelationId = reply.Request.RequestId });
        }

        return reply;
    }

    // Without its query, which may carry a token.
    private static string RedirectTarget(Uri from, string location) =>
        Uri.TryCreate(from, location, out Uri? target) && target.Scheme is "http" or "https"
            ? target.GetLeftPart(UriPartial.Path)
            : "an address that cannot be read";
}
