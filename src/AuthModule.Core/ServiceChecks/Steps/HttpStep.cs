using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.Text;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the service answers HTTP. What it answers is of no matter yet, as long as it is not a failure of its own.</summary>
internal sealed class HttpStep : IDiagnosisStep
{
    private const int ProxyWantsCredentials = 407;

    public string Name => StepNames.Http;

    public IReadOnlyList<string> Needs => [StepNames.Connection, StepNames.Tls];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        TimeProvider clock = context.Engine.Clock;
        Uri url = context.Service.Description.UsesDiscovery ? MetadataSource.Addresses(context.Service.Authority)[0] : context.Url;
        var request = new WireRequest("diagnosis", context.Service.DisplayName, HttpMethod.Get, url);
        long startedAt = clock.GetTimestamp();
        DateTimeOffset sentOn = clock.GetUtcNow();
        using HttpResponseMessage reply = await context.Engine.Sender.OpenAsync(request, null, context.Service.Transport, context.Log, cancellationToken).ConfigureAwait(false);
        TimeSpan took = clock.GetElapsedTime(startedAt);
        if (reply.Headers.Date is { } date)
        {
            // The header has whole seconds, so on average the server was half a second further; and it was written on half the way.
            context.Skew = date.AddSeconds(0.5) - sentOn.AddTicks(took.Ticks / 2);
        }

        int status = (int)reply.StatusCode;
        string detail = $"{url.GetLeftPart(UriPartial.Path)}: {status}"
            + (reply.Content?.Headers.ContentType?.MediaType is { } kind ? $" {DisplayText.Text(kind)}" : string.Empty)
            + $" in {took.TotalMilliseconds:0} ms";
        return status switch
        {
            ProxyWantsCredentials => ServiceCheck.Fault(Name, AuthErrorId.NetworkFailure, detail, "The proxy wants to know who asks: give -ProxyCredential."),
            >= 500 => ServiceCheck.Fault(Name, AuthErrorId.ServerError, detail, "The service, or the gateway in front of it, has a fault: tell its operator."),
            _ => ServiceCheck.Ok(Name, detail),
        };
    }
}
