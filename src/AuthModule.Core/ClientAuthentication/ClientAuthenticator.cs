using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Services;
using AuthModule.Wire;

namespace AuthModule.ClientAuthentication;

/// <summary>Chooses how a client proves itself - the caller's word, the description's, what the server offers - and does it.</summary>
internal sealed class ClientAuthenticator(EndpointResolver endpoints, TimeProvider clock)
{
    /// <exception cref="ConfigurationException">MissingParameter: no client id, or nothing that the method needs.</exception>
    public async ValueTask ApplyAsync(RequestDraft draft, OperationCall call, Uri audience, SecretScrubber scrubber, CancellationToken cancellationToken)
    {
        string clientId = call.ClientId ?? throw AuthError.Missing("-ClientId", $"{call.Service.DisplayName} needs to know which client asks");
        IClientAuthenticationMethod method = await ChooseAsync(call, cancellationToken).ConfigureAwait(false);
        method.Apply(draft, new ClientProof(clientId, call.Client, audience, scrubber, clock));
    }

    private async ValueTask<IClientAuthenticationMethod> ChooseAsync(OperationCall call, CancellationToken cancellationToken)
    {
        ClientCredential credential = call.Client;
        if (credential.Method is { } wanted)
        {
            IClientAuthenticationMethod named = ClientAuthenticationMethods.Find(wanted)
                ?? throw AuthError.Create(AuthErrorId.InvalidRequest, $"-ClientAuthentication '{wanted}' is not known.");
            return named.Fits(credential)
                ? named
                : throw AuthError.Missing(
                    named.Name is "Basic" or "Post" or "SecretJwt" ? "-ClientSecret" : "-ClientCertificate or -ClientKey",
                    $"client authentication '{named.Name}' needs it");
        }

        List<IClientAuthenticationMethod> fitting = [.. ClientAuthenticationMethods.All.Where(method => method.Fits(credential))];
        foreach (string preferred in call.Service.Description.ClientAuthentication)
        {
            if (fitting.FirstOrDefault(method => string.Equals(method.Name, preferred, StringComparison.OrdinalIgnoreCase)) is { } described)
            {
                return described;
            }
        }

        if (fitting.Count > 1
            && await endpoints.MetadataAsync(call.Service, call.Log, cancellationToken).ConfigureAwait(false) is { } published
            && published.List("token_endpoint_auth_methods_supported") is { } offered)
        {
            return fitting.FirstOrDefault(method => method.MetadataNames.Any(offered.Contains)) ?? fitting[0];
        }

        // A server that says nothing takes Basic (RFC 8414, section 2), which comes first.
        return fitting[0];
    }
}
