using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Telemetry;

namespace AuthModule.Jose.Keys;

/// <summary>An issuer's published keys: the address from its metadata, or one that was given.</summary>
internal sealed class JwksKeySource : IKeySource
{
    private readonly IHttpSender sender;
    private readonly TransportSettings transport;
    private readonly KeySetCache cache;

    private JwksKeySource(IHttpSender sender, TransportSettings transport, TimeProvider clock, Func<JwksKeySource, ICallLog, CancellationToken, Task<KeySet>> load, KeySetTimes? times)
    {
        this.sender = sender;
        this.transport = transport;
        times ??= KeySetTimes.Default;
        cache = new KeySetCache((log, token) => load(this, log, token), clock) { Lifetime = times.Lifetime, Pause = times.Pause, Staleness = times.Staleness };
    }

    /// <summary>The keys that the authority's metadata names; tokens must be of the issuer that the metadata names.</summary>
    public static JwksKeySource Discovered(MetadataSource metadata, MetadataQuery query, IHttpSender sender, TransportSettings transport, TimeProvider clock, KeySetTimes? times = null) =>
        new(sender, transport, clock, async (source, log, token) =>
        {
            ServerMetadata found = await metadata.GetAsync(query, transport, log, token).ConfigureAwait(false);
            Uri address = found.Endpoints.GetValueOrDefault("jwks") ?? throw AuthError.Create(
                AuthErrorId.DiscoveryFailed,
                $"{query.Service} names no address of its keys (jwks_uri) in its metadata.",
                new ErrorDetails { Service = query.Service, Action = "Give the keys with -Jwks, or ask the server with -Introspect." });
            return await source.FetchAsync(address, query.Service, found.Issuer, found.Issuer, log, token).ConfigureAwait(false);
        }, times);

    /// <summary>The keys at an address.</summary>
    /// <param name="address">Of the JWK Set.</param>
    /// <param name="issuer">Whose keys they are, where that is known: tokens must be of this issuer; null leaves it to the rules.</param>
    /// <param name="sender">The network.</param>
    /// <param name="transport">How to reach it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="times">How long keys are kept; null for the defaults.</param>
    public static JwksKeySource At(Uri address, string? issuer, IHttpSender sender, TransportSettings transport, TimeProvider clock, KeySetTimes? times = null)
    {
        string service = address.GetLeftPart(UriPartial.Authority);
        return new(sender, transport, clock, (source, log, token) => source.FetchAsync(address, service, issuer ?? address.GetLeftPart(UriPartial.Path), issuer, log, token), times);
    }

    public ValueTask<KeySet> GetAsync(ICallLog log, CancellationToken cancellationToken) => cache.GetAsync(log, cancellationToken);

    public ValueTask<KeySet> ReloadAsync(KeySet known, string? keyId, ICallLog log, CancellationToken cancellationToken) =>
        cache.ReloadAsync(known, keyId, log, cancellationToken);

    private async Task<KeySet> FetchAsync(Uri address, string service, string origin, string? issuer, ICallLog log, CancellationToken cancellationToken)
    {
        log.Verbose($"Reading the keys of {service}: {address.GetLeftPart(UriPartial.Path)}");
        WireReply reply = await sender.SendAsync(new WireRequest("key request", service, HttpMethod.Get, address) { FollowsRedirects = true }, transport, log, cancellationToken).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw Refused(reply, service);
        }

        return JwkReader.TryReadSet(JsonReply.WithoutByteOrderMark(reply.Body).ToArray(), origin, issuer) ?? throw JsonReply.Malformed(reply, "something that is not a JWK Set (RFC 7517)");
    }

    private static AuthException Refused(WireReply reply, string service)
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
            $"{service} did not hand out its keys ({reply.Status}).",
            new ErrorDetails { Service = service, StatusCode = reply.Status, RetryAfter = reply.RetryAfter, CorrelationId = reply.Request.RequestId });
    }
}
