using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <content>The side of the door for bodies of any length.</content>
internal sealed partial class HttpSender
{
    public async Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        AddressPolicy.RequireProtected(request.Url, request.Service, transport);
        Connection connection = connections.For(transport, request.Url);
        TimeSpan budget = request.Timeout ?? transport.Timeout;
        using CancellationTokenSource deadline = Deadline.After(budget, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using HttpRequestMessage message = RequestMessage.From(request);
        message.Content = body ?? message.Content;
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.Debug(MaskedRequest.Describe(request));
        }

        using var measure = new RequestMeasure(request, clock, clock.GetTimestamp(), deadline.Token);
        try
        {
            HttpResponseMessage response = await connection.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            measure.Status = (int)response.StatusCode;
            return response;
        }
        catch (OperationCanceledException cause) when (cancellationToken.IsCancellationRequested)
        {
            throw AuthError.Canceled($"The {request.Operation} to {request.Service}", cause);
        }
        catch (OperationCanceledException cause) when (deadline.IsCancellationRequested)
        {
            throw TimedOut(request, transport, budget, cause);
        }
        catch (ObjectDisposedException cause)
        {
            throw AttemptHandler.Released(request, cause);
        }
        catch (Exception cause) when (NetworkFailureKind.IsOne(cause))
        {
            AuthException failure = NetworkFailureKind.Classify(cause, request, connection, ProxyChoice.For(transport, request.Url)).Failure!;
            measure.Error = failure.Code;
            throw failure;
        }
    }
}
