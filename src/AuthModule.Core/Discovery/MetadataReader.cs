using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Http;

namespace AuthModule.Discovery;

/// <summary>Reads a metadata document and holds it to what it may say: whose it is, and where its endpoints are.</summary>
internal static class MetadataReader
{
    private static readonly string[] Suffixes = ["_endpoint", "_uri"];

    /// <exception cref="AuthServiceException">MalformedResponse; DiscoveryFailed: another issuer, a foreign or unsafe endpoint.</exception>
    public static ServerMetadata Read(WireReply reply, MetadataQuery query)
    {
        JsonElement document = JsonReply.Read(reply);
        string issuer = document.TryGetProperty("issuer", out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Failed(reply, query, "has no issuer in its metadata");
        if (!IsIssuerOf(issuer, query))
        {
            // Mix-up: a document that speaks for another server would send credentials there.
            throw Failed(reply, query, $"publishes metadata of another issuer, '{issuer}'");
        }

        JsonElement aliases = document.TryGetProperty("mtls_endpoint_aliases", out JsonElement found) ? found : default;
        return new ServerMetadata
        {
            Issuer = issuer,
            Endpoints = Endpoints(document, reply, query),
            MtlsEndpoints = aliases.ValueKind == JsonValueKind.Object ? Endpoints(aliases, reply, query) : new Dictionary<string, Uri>(),
            Document = document,
        };
    }

    // The user types an authority with or without the slash; what is published is compared exactly apart from that.
    private static bool IsIssuerOf(string issuer, MetadataQuery query) =>
        query.Issuer is { } expected
            ? string.Equals(issuer, expected, StringComparison.Ordinal)
            : string.Equals(issuer, query.Authority, StringComparison.Ordinal)
                || string.Equals(issuer, query.Authority + "/", StringComparison.Ordinal);

    private static Dictionary<string, Uri> Endpoints(JsonElement members, WireReply reply, MetadataQuery query)
    {
        var endpoints = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (JsonProperty member in members.EnumerateObject())
        {
            string? suffix = Suffixes.FirstOrDefault(end => member.Name.EndsWith(end, StringComparison.Ordinal));
            if (suffix is null || member.Value.ValueKind != JsonValueKind.String || member.Name.StartsWith("op_", StringComparison.Ordinal))
            {
                continue;
            }

            if (!Uri.TryCreate(member.Value.GetString(), UriKind.Absolute, out Uri? address))
            {
                throw Failed(reply, query, $"names '{member.Name}' with something that is not an address");
            }

            RequireTrusted(member.Name, address, reply, query);
            endpoints[member.Name.Substring(0, member.Name.Length - suffix.Length)] = address;
        }

        return endpoints;
    }

    private static void RequireTrusted(string name, Uri address, WireReply reply, MetadataQuery query)
    {
        Uri source = reply.Request.Url;
        string? fault = address.Scheme != Uri.UriSchemeHttps && (address.Scheme != Uri.UriSchemeHttp || source.Scheme == Uri.UriSchemeHttps) ? "without TLS"
            : address.UserInfo.Length > 0 ? "with a user name in the address"
            : !VisibleText.IsVisible(Uri.UnescapeDataString(address.AbsoluteUri)) ? "with characters that are none of an address"
            : HostPattern.IsOf(address, source, query.TrustedHosts) ? null
            : "another host than its own";
        if (fault is not null)
        {
            throw AuthError.Create(
                AuthErrorId.DiscoveryFailed,
                $"{query.Service} names '{name}' at {address.Scheme}://{address.Host}, {fault}; it is not used.",
                new ErrorDetails
                {
                    Service = query.Service,
                    CorrelationId = reply.Request.RequestId,
                    Action = $"If that host belongs to the service, allow it: -Parameter @{{ trustedHosts = '{address.Host}' }}, or trustedHosts in the provider's description.",
                });
        }
    }

    private static AuthException Failed(WireReply reply, MetadataQuery query, string fault) => AuthError.Create(
        AuthErrorId.DiscoveryFailed,
        $"{query.Service} {fault}.",
        new ErrorDetails { Service = query.Service, StatusCode = reply.Status, CorrelationId = reply.Request.RequestId });
}
