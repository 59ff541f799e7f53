using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Jose.Signing;
using AuthModule.Operations;
using AuthModule.Requests;
using AuthModule.Text;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>An authorization request that the client signs (JAR, RFC 9101): nobody on the way can change it.</summary>
internal static class RequestObject
{
    /// <summary>How long it can be used: as long as a person may need to open the address.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public const string Field = "request";

    // Outside of the object OpenID Connect Core, section 6.1, wants them too.
    private static readonly string[] Repeated = ["client_id", "response_type", "scope"];

    /// <summary>Where the caller asks for it (<c>-Parameter @{ signedRequest = $true }</c>), or the service demands it.</summary>
    public static bool IsWanted(Service service, ServerMetadata? published) =>
        service.SignsAuthorization ?? published?.Flag("require_signed_request_object") == true;

    /// <summary>The request that carries the object in place of its fields.</summary>
    /// <param name="draft">With every field.</param>
    /// <param name="request">Who asks, and with which key.</param>
    /// <param name="service">Whom.</param>
    /// <param name="published">What the service says of itself; null where it says nothing.</param>
    /// <param name="clock">For its times.</param>
    /// <exception cref="ConfigurationException">MissingParameter: the client has no key; InvalidKey.</exception>
    public static RequestDraft Wrap(RequestDraft draft, TokenRequest request, Service service, ServerMetadata? published, TimeProvider clock)
    {
        ClientKey key = new AssertionWriter(request.Client, clock).Key;
        string algorithm = key.Choose(service.AssertionAlgorithm, SecurityProfiles.Algorithms(service.SecurityProfile, published?.List("request_object_signing_alg_values_supported")));
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new List<KeyValuePair<string, object?>>
        {
            new("iss", request.ClientId),
            new("aud", published?.Issuer ?? service.Issuer ?? service.Authority),
            new("jti", RandomText.Base64Url(16)),
            new("iat", now),
            new("nbf", now),
            new("exp", now + (long)Lifetime.TotalSeconds),
        };
        foreach (IGrouping<string, KeyValuePair<string, object>> field in draft.Fields.GroupBy(static field => field.Key, StringComparer.Ordinal))
        {
            object[] values = [.. field.SelectMany(static one => one.Value is object[] several ? several : [one.Value])];
            claims.Add(new(field.Key, values.Length == 1 ? values[0] : values));
        }

        string signed = JwtWriter.Write(
            [new("alg", algorithm), new("typ", "oauth-authz-req+jwt"), new("kid", key.Id)],
            claims,
            data => key.Sign(algorithm, data));
        var wrapped = new RequestDraft();
        foreach (KeyValuePair<string, object> field in draft.Fields.Where(static field => Repeated.Contains(field.Key)))
        {
            wrapped.Add(field.Key, field.Value);
        }

        wrapped.Add(Field, signed);
        return wrapped;
    }
}
