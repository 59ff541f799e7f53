using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Diagnostics;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Services;
using AuthModule.Wire;

namespace AuthModule.Testing;

/// <summary>Asks a server about a token (RFC 7662, section 2.1), as the client that the call or its session is.</summary>
internal sealed class IntrospectionSender(OperationRunner runner, Service service, TokenRequest request)
{
    private const string Introspection = "introspection";

    private static readonly OperationDescription Standard = new()
    {
        Endpoint = Introspection,
        Method = "POST",
        Encoding = FieldEncoding.Form,
        Credential = OperationCredential.Client,
        Fields =
        [
            new FieldDescription("token", Template.Parse("{token}"), null),
            new FieldDescription("token_type_hint", Template.Parse("{tokenTypeHint?}"), null),
        ],
    };

    /// <exception cref="AuthenticationException">UnsupportedGrant: the provider has no introspection; InvalidClient.</exception>
    public async Task<JsonElement> AskAsync(string token, CancellationToken cancellationToken)
    {
        OperationDescription described = service.Description.Operation(Introspection)
            ?? throw AuthError.Create(
                AuthErrorId.UnsupportedGrant,
                $"Provider '{service.Description.Name}' describes no introspection.",
                new ErrorDetails { Service = service.DisplayName, Action = "Test the token by its signature, without -Introspect." });
        (WireReply _, JsonElement json) = await runner.RunAsync(
            new OperationCall
            {
                Name = Introspection,
                Title = "introspection",
                Service = service,
                Operation = described.Over(Standard),
                ClientId = request.ClientId,
                Client = request.Client,
                Log = NoLog.Instance,
                Fill = values =>
                {
                    values.Set("token", Secret.From(token));
                    values.Set("tokenTypeHint", "access_token");
                },
            },
            needsJson: true,
            cancellationToken).ConfigureAwait(false);
        return json;
    }
}
