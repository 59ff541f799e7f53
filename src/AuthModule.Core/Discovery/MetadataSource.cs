using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Telemetry;

namespace AuthModule.Discovery;

/// <summary>Gets a server's metadata by OpenID discovery, else by RFC 8414, and keeps it for an hour.</summary>
internal sealed class MetadataSource(IHttpSender sender, TimeProvider clock)
{
    public const int MaxServers = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Key, CacheEntry> cache = new();
    private readonly SingleFlight<Key, ServerMetadata> flights = new();

    public async ValueTask<ServerMetadata> GetAsync(MetadataQuery query, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        var key = new Key(query.Authority, query.Issuer, string.Join(" ", query.TrustedHosts), transport);
        if (Known(key) is { } known)
        {
            return known;
        }

        return await flights.RunAsync(
            key,
            async token =>
            {
                // Another run may have ended between the look above and this one.
                if (Known(key) is { } justRead)
                {
                    return justRead;
                }

                ServerMetadata metadata = await FetchAsync(query, transport, log, token).ConfigureAwait(false);
                if (cache.Count >= MaxServers)
                {
                    cache.Clear();
                }

                cache[key] = new CacheEntry(metadata, clock.GetTimestamp());
                return metadata;
            },
            joined: null,
            cancellationToken).ConfigureAwait(false);
    }

    public int Count => cache.Count;

    public void Clear() => cache.Clear();

    /// <summary>Where the metadata of an authority can be, in the order in which it is looked for.</summary>
    internal static IReadOnlyList<Uri> Addresses(string authority)
    {
        var issuer = new Uri(authority);
        string path = issuer.AbsolutePath.TrimEnd('/');
        string origin = issuer.GetLeftPart(UriPartial.Authority);
        return
        [
            new Uri(authority + "/.well-known/openid-configuration"),
            new Uri($"{origin}/.well-known/oauth-authorization-server{path}"),
        ];
    }

    private ServerMetadata? Known(Key key) =>
        cache.TryGetValue(key, out CacheEntry? kept) && clock.GetElapsedTime(kept.ReadAt) < Lifetime ? kept.Metadata : null;

    private async Task<ServerMetadata> FetchAsync(MetadataQuery query, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        WireReply? last = null;
        foreach (Uri address in Addresses(query.Authority))
        {
            log.Verbose($"Reading the metadata of {query.Service}: {address}");
            last = await sender.SendAsync(new WireRequest("discovery", query.Service, HttpMethod.Get, address) { FollowsRedirects = true }, transport, log, cancellationToken).ConfigureAwait(false);
            if (last.IsSuccess)
            {
                return MetadataReader.Read(last, query);
            }

            if (last.Status is not (404 or 405 or 410))
            {
                break;
            }
        }

        throw Refused(last!, query);
    }

    // What people paste in place of the authority.
    private static readonly string[] EndpointNames = ["token", "tokens", "authorize", "auth", "revoke", "introspect", "userinfo", "device_authorization", "jwks", "certs"];

    private static string? PastedEndpoint(string service)
    {
        string last = service.Substring(service.LastIndexOf('/') + 1);
        return Array.Exists(EndpointNames, name => string.Equals(name, last, StringComparison.OrdinalIgnoreCase))
            ? $"The address ends in /{last}, as that of an endpoint does: give the authority in front of it, or -Provider oauth2 with -TokenEndpoint {service}."
            : null;
    }

    private static AuthException Refused(WireReply reply, MetadataQuery query)
    {
        string id = reply.Status switch
        {
            429 => AuthErrorId.RateLimited,
            408 => AuthErrorId.Timeout,
            >= 500 => AuthErrorId.ServerError,
            _ => AuthErrorId.DiscoveryFailed,
        };
        return AuthError.Create(
            id,
            id == AuthErrorId.DiscoveryFailed
                ? $"{query.Service} publishes no OpenID or OAuth metadata ({reply.Status})."
                : $"{query.Service} did not hand out its metadata ({reply.Status}).",
            new ErrorDetails
            {
                Service = query.Service,
                StatusCode = reply.Status,
                RetryAfter = reply.RetryAfter,
                CorrelationId = reply.Request.RequestId,
                Action = id == AuthErrorId.DiscoveryFailed ? PastedEndpoint(query.Service) : null,
            });
    }

    private sealed record Key(string Authority, string? Issuer, string TrustedHosts, TransportSettings Transport);

    private sealed record CacheEntry(ServerMetadata Metadata, long ReadAt);
}
