using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.TokenTesting;

/// <summary>Asks the server what it knows of a token, as the client that may ask it (RFC 7662, section 2.1).</summary>
internal sealed class IntrospectionRequest(OperationRunner runner)
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
        (_, JsonElement json) = await runner.RunAsync(
            new OperationCall
            {
                Name = Introspection,
                Title = Introspection,
                Service = service,
                Operation = service.Description.Operation(Introspection)?.Over(Standard) ?? Standard,
                ClientId = request.ClientId,
                Client = request.Client,
                Log = log,
                Fill = values =>
                {
                    values.Set("token", token);
                    values.Set("tokenTypeHint", hint);
                },
            },
            needsJson: true,
            cancellationToken).ConfigureAwait(false);
        return json;
    }
}
