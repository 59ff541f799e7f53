using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Platform;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Resolution;

/// <summary>Finds the service that a request means. Sends nothing.</summary>
internal static class ServiceResolver
{
    /// <exception cref="ConfigurationException">MissingParameter, InvalidUrl, InsecureUrl, InvalidRequest.</exception>
    public static Service Resolve(TokenRequest request, ProviderDescription description, IEnvironment environment)
    {
        ProxyAddress.Require(request.Transport.Proxy);
        (Dictionary<string, string> declared, List<KeyValuePair<string, string>> extra) =
            ParameterReader.Split(request.Parameters, description, environment);
        string? tokenEndpoint = request.TokenEndpoint is { } endpoint ? AddressReader.Normalize(endpoint, [], "-TokenEndpoint") : null;
        TemplateValues values = ValuesOf(description.Name, declared, tokenEndpoint);
        string authority = AuthorityOf(request, description, values);
        values.Set("authority", authority);
        if (description.Authority.Append is { } append)
        {
            authority += append.Fill(values, Uri.EscapeDataString);
            values.Set("authority", authority);
        }

        TransportSettings transport = request.Transport with
        {
            ClientCertificate = request.Client.Certificate ?? request.Transport.ClientCertificate,
            AllowLinkLocalHttp = description.AllowsLinkLocalHttp,
        };
        AddressPolicy.RequireProtected(new Uri(authority), authority, transport);
        return new Service
        {
            Description = description,
            Authority = authority,
            Issuer = description.Issuer.Fill(values),
            Parameters = declared,
            ExtraFields = extra,
            TrustedHosts = [.. description.TrustedHosts, .. CommonParameters.TrustedHostsIn(request.Parameters)],
            AssertionAlgorithm = CommonParameters.Find(request.Parameters, CommonParameters.AssertionAlgorithm),
            PushesAuthorization = CommonParameters.FindFlag(request.Parameters, CommonParameters.PushedAuthorization),
            TokenEndpoint = tokenEndpoint,
            Transport = transport,
        };
    }

    /// <summary>The places that a service fills in every template.</summary>
    public static TemplateValues ValuesOf(Service service, SecretScrubber scrubber)
    {
        TemplateValues values = ValuesOf(service.DisplayName, service.Parameters, service.TokenEndpoint, scrubber);
        values.Set("authority", service.Authority);
        values.Set("origin", service.Address.GetLeftPart(UriPartial.Authority));
        values.Set("host", service.Address.Host);
        return values;
    }

    private static TemplateValues ValuesOf(string name, IReadOnlyDictionary<string, string> parameters, string? tokenEndpoint, SecretScrubber? scrubber = null)
    {
        var values = new TemplateValues(name, scrubber ?? new SecretScrubber());
        foreach (KeyValuePair<string, string> parameter in parameters)
        {
            values.Set(parameter.Key, parameter.Value);
        }

        values.Set("tokenEndpoint", tokenEndpoint);
        return values;
    }

    private static string AuthorityOf(TokenRequest request, ProviderDescription description, TemplateValues values)
    {
        string[] suffixes = [.. description.Authority.StripSuffixes.Select(suffix => suffix.Fill(values)).OfType<string>()];
        if (!string.IsNullOrWhiteSpace(request.Authority))
        {
            return AddressReader.Normalize(request.Authority!, suffixes);
        }

        if (description.Authority.Default.Fill(values) is { } address)
        {
            return AddressReader.Normalize(address, suffixes);
        }

        throw AuthError.Missing("-Authority", $"provider '{description.Name}' needs the host name or address of the service");
    }
}
