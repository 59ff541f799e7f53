using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <summary>
/// The end of the handler chain: sends a request once and says how that ended. First attempts come here directly, others through
/// the handler that repeats.
/// </summary>
internal sealed class AttemptHandler(ConnectionPool connections, TimeProvider clock) : HttpMessageHandler
{
    /// <summary>Once, by a connection of this moment: the one of the last attempt may be closed by now.</summary>
    public async Task<Attempt> TryAsync(
        WireRequest request, TransportSettings transport, ICallLog log, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = RequestMessage.From(request);
        long sentAt = clock.GetTimestamp();
        using var measure = new RequestMeasure(request, clock, sentAt, deadline);
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.Debug(MaskedRequest.Describe(request));
        }

        Connection connection = connections.For(transport, request.Url, isFresh: !request.Repeatable);
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
                log.Debug(MaskedReply.Describe(reply));
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
    public static AuthException Released(WireRequest request, ObjectDisposedException cause) => AuthError.Create(
        AuthErrorId.NetworkFailure,
        $"The connections were closed while the {request.Operation} to {request.Service} was about to be sent.",
        new ErrorDetails { Service = request.Service, CorrelationId = request.RequestId, Cause = cause, WasNotSent = true });

    /// <summary>Takes <see cref="RepeatMessage"/>s only, and answers with <see cref="AttemptMessage"/>s.</summary>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var message = (RepeatMessage)request;
        Attempt attempt = message.TakeFirst()
            ?? await TryAsync(message.Request, message.Transport, message.Log, message.Deadline, cancellationToken).ConfigureAwait(false);
        return new AttemptMessage(message, attempt);
    }
}
