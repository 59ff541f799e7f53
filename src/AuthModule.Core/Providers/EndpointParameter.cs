using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Providers;

/// <summary>
/// The entries of <c>-Parameter</c> that name an endpoint in place of the description's or the published one, for an emulator
/// or a gateway: <c>tokenEndpoint</c>, <c>revocationEndpoint</c>, <c>deviceAuthorizationEndpoint</c>, ...
/// </summary>
internal static class EndpointParameter
{
    private const string Ending = "Endpoint";

    public static IReadOnlyList<string> Standard { get; } =
        ["token", "revocation", "introspection", "authorization", "pushed_authorization_request", "device_authorization", "backchannel_authentication", "end_session"];

    /// <summary>Those of a provider. Keys have a parameter of their own, <c>-Jwks</c>.</summary>
    public static IEnumerable<string> AllOf(ProviderDescription description) =>
        Standard.Concat(description.Endpoints.Keys).Where(endpoint => endpoint != "jwks").Select(NameOf).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameter of an endpoint: <c>device_authorization</c> is <c>deviceAuthorizationEndpoint</c>.</summary>
    public static string NameOf(string endpoint)
    {
        // RFC 9126 names it after the request; as a parameter that would be a mouthful.
        string[] words = (endpoint == "pushed_authorization_request" ? "pushed_authorization" : endpoint).Split('_', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1))) + Ending;
    }
}
