using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.TokenTesting;

/// <summary>Asks the server what it knows of a token, as the client that may ask it (RFC 7662, section 2.1).</summary>
internal sealed class IntrospectionRequest(OperationRunner runner, EndpointResolver endpoints, SignedIntrospection signed)
{
    private const string Introspection = "introspection";

    private static readonly OperationDescription Standard = TokenOperation.Standard(Introspection);

    /// <param name="service">The server.</param>
    /// <param name="request">Who asks: its client and credential.</param>
    /// <param name="token">Asked about.</param>
    /// <param name="hint"><c>access_token</c>, <c>refresh_token</c>, or null.</param>
    /// <param name="log">The caller's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="AuthException">DiscoveryFailed: the server does not offer it; InvalidClient; what the network brings.</exception>
    public async Task<JsonElement> AskAsync(Service service, TokenRequest request, Secret token, string? hint, ICallLog log, CancellationToken cancellationToken)
    {
        ServerMetadata? published = await endpoints.MetadataAsync(service, log, cancellationToken).ConfigureAwait(false);
        OperationDescription operation = service.Description.Operation(Introspection)?.Over(Standard) ?? Standard;
        bool asksForSigned = SignedIntrospection.IsOffered(published) && request.ClientId is not null;
        var call = new OperationCall
        {
            Name = Introspection,
            Title = Introspection,
            Service = service,
            Operation = asksForSigned ? operation with { Headers = [.. operation.Headers, new FieldDescription("Accept", null, $"{SignedIntrospection.MediaType}, application/json")] } : operation,
            ClientId = request.ClientId,
            Client = request.Client,
            Log = log,
            Fill = values =>
            {
                values.Set("token", token);
                values.Set("tokenTypeHint", hint);
            },
        };
        if (!asksForSigned)
        {
            return (await runner.RunAsync(call, needsJson: true, cancellationToken).ConfigureAwait(false)).Json;
        }

        WireReply reply = (await runner.RunForReplyAsync(call, token: null, cancellationToken).ConfigureAwait(false)).Reply;
        return SignedIntrospection.IsSigned(reply)
            ? await signed.OpenAsync(reply, service, request, published, log, cancellationToken).ConfigureAwait(false)
            : JsonReply.Read(reply);
    }
}
