using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Resolution;

/// <summary>Finds a service's endpoints: those that the caller names first, then those of its description, then those that it publishes.</summary>
internal sealed class EndpointResolver(MetadataSource metadata)
{
    /// <summary>Null when neither the description nor the service has it.</summary>
    public async ValueTask<Uri?> FindAsync(Service service, string endpoint, ICallLog log, CancellationToken cancellationToken)
    {
        if (service.LastEndpoint is { } last && last.Name == endpoint)
        {
            return last.Address;
        }

        if (Given(service, endpoint) is { } given)
        {
            service.LastEndpoint = new KnownEndpoint(endpoint, Parse(given, service, endpoint));
            return service.LastEndpoint.Address;
        }

        if (service.Description.Endpoints.TryGetValue(endpoint, out TemplateChoice? choice))
        {
            string? address = choice.Fill(ServiceResolver.ValuesOf(service, new SecretScrubber()));
            if (address is not null)
            {
                service.LastEndpoint = new KnownEndpoint(endpoint, Parse(address, service, endpoint));
                return service.LastEndpoint.Address;
            }
        }

        if (await MetadataAsync(service, log, cancellationToken).ConfigureAwait(false) is not { } published)
        {
            return null;
        }

        bool isMutual = service.Transport.ClientCertificate is not null;
        return isMutual && published.MtlsEndpoints.TryGetValue(endpoint, out Uri? alias)
            ? alias
            : published.Endpoints.GetValueOrDefault(endpoint);
    }

    /// <exception cref="AuthException">DiscoveryFailed when the service publishes it but lacks the endpoint; MissingParameter else.</exception>
    public async ValueTask<Uri> RequireAsync(Service service, string endpoint, ICallLog log, CancellationToken cancellationToken) =>
        await FindAsync(service, endpoint, log, cancellationToken).ConfigureAwait(false)
        ?? throw (service.Description.UsesDiscovery
            ? AuthError.Create(
                AuthErrorId.DiscoveryFailed,
                $"{service.DisplayName} publishes no {endpoint} endpoint.",
                new ErrorDetails { Service = service.DisplayName })
            : AuthError.Missing(
                endpoint == "token" ? "-TokenEndpoint" : $"-Parameter @{{ {EndpointParameter.NameOf(endpoint)} = ... }}",
                $"provider '{service.Description.Name}' does not find it by itself"));

    /// <summary>What the service publishes of itself; null where its provider does not use discovery.</summary>
    public async ValueTask<ServerMetadata?> MetadataAsync(Service service, ICallLog log, CancellationToken cancellationToken) =>
        service.Description.UsesDiscovery
            ? await metadata.GetAsync(
                new MetadataQuery
                {
                    Authority = service.Authority,
                    Service = service.DisplayName,
                    Issuer = service.Issuer,
                    TrustedHosts = service.TrustedHosts,
                },
                service.Transport,
                log,
                cancellationToken).ConfigureAwait(false)
            : null;

    // The caller knows best: of an emulator neither the description nor the service itself may know.
    private static string? Given(Service service, string endpoint) =>
        (endpoint == "token" ? service.TokenEndpoint : null) ?? service.Parameters.GetValueOrDefault(EndpointParameter.NameOf(endpoint));

    private static Uri Parse(string address, Service service, string endpoint)
    {
        string normalized = address.Contains("://", StringComparison.Ordinal) ? address : AddressReader.Normalize(address, []);
        return Uri.TryCreate(normalized, UriKind.Absolute, out Uri? url)
            ? url
            : throw AuthError.Create(AuthErrorId.InvalidUrl, $"The {endpoint} endpoint of {service.DisplayName} is not an address.");
    }
}
