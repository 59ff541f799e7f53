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
    private readonly ConnectionPool connections = new();

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
            Attempt first = await TryOnceAsync(request, transport, log, deadline.Token, either.Token).ConfigureAwait(false);
            return Accept(first.MayRepeat && transport.MaximumRetryCount > 0
                ? await RepeatAsync(first, request, transport, budget, log, deadline.Token, either.Token).ConfigureAwait(false)
                : first);
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

    // The library that repeats is loaded only when there is something to repeat.
    private Task<Attempt> RepeatAsync(
        Attempt first, WireRequest request, TransportSettings transport, TimeSpan budget, ICallLog log, CancellationToken deadline, CancellationToken cancellationToken) => RetryPolicy.RunAsync(
            first,
            transport.MaximumRetryCount,
            budget,
            clock,
            token => TryOnceAsync(request, transport, log, deadline, token),
            log,
            cancellationToken);

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

    private async Task<Attempt> TryOnceAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = RequestMessage.From(request);
        long sentAt = clock.GetTimestamp();
        using var measure = new RequestMeasure(request, clock, sentAt, deadline);
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.Debug(MaskedRequest.Describe(request));
        }

        Connection connection = connections.For(transport, request.Url);
        try
        {
            using HttpResponseMessage response = await connection.Client
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            byte[]? body = await BoundedBody.ReadAsync(response.Content, request.ReplyLimit, cancellationToken).ConfigureAwait(false);
            if (body is null)
            {
                measure.Status = (int)response.StatusCode;
                measure.Error = AuthErrorId.MalformedResponse;
                return Attempt.Failed(AuthError.Create(
                    AuthErrorId.MalformedResponse,
                    $"{request.Service} answered the {request.Operation} with more than {request.ReplyLimit / 1024} KiB; the rest was not read.",
                    new ErrorDetails { Service = request.Service, StatusCode = (int)response.StatusCode, CorrelationId = request.RequestId }));
            }

            measure.Status = (int)response.StatusCode;
            WireReply reply = ReplyHeaders.Read(request, response, body, sentAt, clock);
            if (log.IsEnabled(LogLevel.Debug))
            {
                log.Debug($"{reply.Status} {reply.MediaType} {body.Length} bytes [request {request.RequestId}]");
            }

            return Attempt.Answered(reply);
        }
        catch (ObjectDisposedException cause)
        {
            measure.Error = AuthErrorId.NetworkFailure;
            return Attempt.Failed(Released(request, cause), mayRepeat: true);
        }
        catch (Exception cause) when (NetworkFailureKind.IsOne(cause))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Attempt failed = NetworkFailureKind.Classify(cause, request, connection, ProxyChoice.For(transport, request.Url));
            measure.Error = failed.Failure!.Code;
            return failed;
        }
    }

    // Between the look into the pool and the sending, somebody has removed the module or changed many settings.
    private static AuthException Released(WireRequest request, ObjectDisposedException cause) => AuthError.Create(
        AuthErrorId.NetworkFailure,
        $"The connections were closed while the {request.Operation} to {request.Service} was about to be sent.",
        new ErrorDetails { Service = request.Service, CorrelationId = request.RequestId, Cause = cause, WasNotSent = true });
}
