using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Platform;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>Chooses how a client proves itself - the caller's word, the description's, what the server offers - and does it.</summary>
internal sealed class ClientAuthenticator(EndpointResolver endpoints, IHttpSender sender, IEnvironment environment, TimeProvider clock)
{
    /// <exception cref="ConfigurationException">MissingParameter: no client id, or nothing that the method needs; InvalidKey, InvalidCertificate.</exception>
    public async ValueTask ApplyAsync(
        IClientAuthenticationMethod method, RequestDraft draft, OperationCall call, Uri endpoint, SecretScrubber scrubber, CancellationToken cancellationToken)
    {
        Service service = call.Service;
        ServerMetadata? published = method.UsesConnection ? null : await endpoints.MetadataAsync(service, call.Log, cancellationToken).ConfigureAwait(false);
        var proof = new ClientProof
        {
            ClientId = call.ClientId ?? throw AuthError.Missing("-ClientId", $"{service.DisplayName} needs to know which client asks"),
            Credential = call.Client,

            // The issuer means every endpoint of the server and no other server; an endpoint can be named by another one too.
            Audience = service.AssertionAudience ?? Described(service.Description.ClientAssertionAudience, service)
                ?? published?.Issuer ?? service.Issuer ?? endpoint.GetLeftPart(UriPartial.Path),
            Algorithm = service.AssertionAlgorithm,
            OfferedAlgorithms = SecurityProfiles.Algorithms(service.SecurityProfile, published?.List("token_endpoint_auth_signing_alg_values_supported")),
            SecurityProfile = service.SecurityProfile,
            Scrubber = scrubber,
            Clock = clock,
            Workload = WorkloadOf(service, published?.Issuer, call.Log),
        };
        await method.ApplyAsync(draft, proof, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an assertion source works with, for one service.</summary>
    public AssertionQuery WorkloadOf(Service service, string? issuer, ICallLog log) =>
        new(Described(service.Description.AssertionAudience, service) ?? issuer ?? service.Issuer ?? service.Authority, environment, sender, service.Transport, log);

    public async ValueTask<IClientAuthenticationMethod> ChooseAsync(OperationCall call, CancellationToken cancellationToken)
    {
        ClientCredential credential = call.Client;
        if (credential.Method is { } wanted)
        {
            IClientAuthenticationMethod named = ClientAuthenticationMethods.Find(wanted)
                ?? throw AuthError.Create(AuthErrorId.InvalidRequest, $"-ClientAuthentication '{wanted}' is not known.");
            return named.Fits(credential) ? named : throw AuthError.Missing(named.Needs, $"client authentication '{named.Name}' needs it");
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

    private static string? Described(Template? template, Service service) => template?.Fill(ServiceResolver.ValuesOf(service, new SecretScrubber()));
}
