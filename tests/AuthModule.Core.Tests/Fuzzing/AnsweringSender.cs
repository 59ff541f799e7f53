using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Telemetry;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>A door behind which there is no network: each request is answered with 200 and these bytes.</summary>
internal sealed class AnsweringSender(Func<WireRequest, byte[]> answer) : IHttpSender
{
    public Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        return Task.FromResult(ReplyHeaders.Read(request, response, answer(request), TimeProvider.System.GetTimestamp(), TimeProvider.System));
    }

    public Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
