using System;
using System.Globalization;
using System.Linq;
using AuthModule.Jose.Signing;
using AuthModule.Providers;
using AuthModule.Resolution;

namespace AuthModule.Operations;

/// <summary>The places that are worked out for one request: assertions, endpoints, what the client's key says of itself, the time.</summary>
internal sealed class ComputedPlaces(OperationCall call, TemplateValues values, TimeProvider clock)
{
    private readonly AssertionWriter assertions = new(call.Client, clock);

    /// <summary>Null for a name that is none of these, or has no value.</summary>
    public string? Find(string name)
    {
        if (name.StartsWith(TemplateFunction.Jwt, StringComparison.Ordinal))
        {
            string wanted = name.Substring(TemplateFunction.Jwt.Length);
            return call.Service.Description.Assertions.FirstOrDefault(assertion => assertion.Name == wanted) is { } described
                ? assertions.Write(described, values)
                : null;
        }

        if (name.StartsWith(TemplateFunction.Endpoint, StringComparison.Ordinal))
        {
            return EndpointResolver.FindDescribed(call.Service, name.Substring(TemplateFunction.Endpoint.Length), values)?.AbsoluteUri;
        }

        if (name.StartsWith(TemplatePlaces.KeyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return OfKey(name.Substring(TemplatePlaces.KeyPrefix.Length));
        }

        return name switch
        {
            "uuid" => NewUuid(),
            "now" => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private string? OfKey(string name)
    {
        ClientKey key = assertions.Key;
        return key.Beside.TryGetValue(name, out string? beside) ? beside : name switch
        {
            "id" => key.Id,
            "fingerprint" => key.Fingerprint,
            "x5t" => key.CertificateSha1,
            "x5tS256" => key.CertificateSha256,
            _ => null,
        };
    }

    // RFC 9562, section 5.4.
    private static string NewUuid()
    {
        byte[] bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(16);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString("D");
    }
}
