using System;
using System.Collections.Generic;
using System.Linq;
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
    /// <param name="service">Whose.</param>
    /// <param name="endpoint">Its name.</param>
    /// <param name="log">The caller's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="values">What the request knows besides the service, such as what earlier replies brought; null where there is nothing.</param>
    public async ValueTask<Uri?> FindAsync(Service service, string endpoint, ICallLog log, CancellationToken cancellationToken, TemplateValues? values = null)
    {
        if (service.LastEndpoint is { } last && last.Name == endpoint)
        {
            return last.Address;
        }

        if (FindDescribed(service, endpoint, values) is { } described)
        {
            return described;
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

    /// <summary>The same without asking the service: what the caller gave and what the description says.</summary>
    public static Uri? FindDescribed(Service service, string endpoint, TemplateValues? values = null)
    {
        if (Given(service, endpoint) is { } given)
        {
            service.LastEndpoint = new KnownEndpoint(endpoint, Parse(given, service, endpoint));
            return service.LastEndpoint.Address;
        }

        if (!service.Description.Endpoints.TryGetValue(endpoint, out TemplateChoice? choice)
            || choice.Fill(values ?? ServiceResolver.ValuesOf(service, new SecretScrubber())) is not { } address)
        {
            return null;
        }

        Uri url = Parse(address, service, endpoint);
        if (choice.Names.All(name => IsOfService(name, service)))
        {
            service.LastEndpoint = new KnownEndpoint(endpoint, url);
        }

        return url;
    }

    // What depends on the request is worked out for each.
    private static bool IsOfService(string name, Service service) =>
        name is "authority" or "origin" or "host" or "tokenEndpoint" || service.Parameters.ContainsKey(name);

    /// <exception cref="AuthException">DiscoveryFailed when the service publishes it but lacks the endpoint; MissingParameter else.</exception>
    public async ValueTask<Uri> RequireAsync(Service service, string endpoint, ICallLog log, CancellationToken cancellationToken, TemplateValues? values = null) =>
        await FindAsync(service, endpoint, log, cancellationToken, values).ConfigureAwait(false)
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
        string normalized = address.Contains("://", StringComparison.Ordinal) ? address : AddressReader.Endpoint(address, $"The {endpoint} endpoint");
        return Uri.TryCreate(normalized, UriKind.Absolute, out Uri? url)
            ? url
            : throw AuthError.Create(AuthErrorId.InvalidUrl, $"The {endpoint} endpoint of {service.DisplayName} is not an address.");
    }
}
