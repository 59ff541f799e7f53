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
            ParameterReader.Split(request, description, environment);
        string? tokenEndpoint = request.TokenEndpoint is { } endpoint ? AddressReader.Endpoint(endpoint, "-TokenEndpoint") : null;
        TemplateValues values = ValuesOf(description.Name, declared, request.SecretParameters, tokenEndpoint, new SecretScrubber());
        string authority = AuthorityOf(request, description, values);
        values.Set("authority", authority);
        if (description.Authority.Append is { } append)
        {
            authority += append.Fill(values, Uri.EscapeDataString);
            values.Set("authority", authority);
        }

        string? issuer = description.Issuer.Fill(values);
        RefuseSecrets(request, authority, issuer);
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
            Issuer = issuer,
            IssuerNames = IssuerNames(request, description, authority, issuer),
            Parameters = declared,
            ExtraFields = extra,
            SecretParameters = request.SecretParameters,
            TrustedHosts = [.. description.TrustedHosts, .. CommonParameters.TrustedHostsIn(request.Parameters)],
            AssertionAlgorithm = CommonParameters.Find(request.Parameters, CommonParameters.AssertionAlgorithm),
            AssertionAudience = CommonParameters.Find(request.Parameters, CommonParameters.AssertionAudience),
            MfaMethod = CommonParameters.Find(request.Parameters, CommonParameters.MfaMethod),
            PushesAuthorization = CommonParameters.FindFlag(request.Parameters, CommonParameters.PushedAuthorization),
            SecurityProfile = request.SecurityProfile,
            SignsAuthorization = CommonParameters.FindFlag(request.Parameters, CommonParameters.SignedRequest),
            TokenEndpoint = tokenEndpoint,
            Transport = transport,
        };
    }

    /// <summary>The places that a service fills in every template.</summary>
    public static TemplateValues ValuesOf(Service service, SecretScrubber scrubber)
    {
        TemplateValues values = ValuesOf(service.DisplayName, service.Parameters, service.SecretParameters, service.TokenEndpoint, scrubber);
        values.Set("authority", service.Authority);
        values.Set("origin", service.Address.GetLeftPart(UriPartial.Authority));
        values.Set("host", service.Address.Host);
        return values;
    }

    // An authority that was put together from an endpoint is where to ask, not who issues. People write it with or without the slash.
    private static string[] IssuerNames(TokenRequest request, ProviderDescription description, string authority, string? issuer)
    {
        bool isNamed = !string.IsNullOrWhiteSpace(request.Authority)
            || description.Authority.Default.Templates.Any(template => !template.Names.Any());
        return issuer is not null ? [issuer]
            : description.Grant(AuthModule.Requests.GrantNames.Issuer) is not null || !isNamed ? []
            : [authority, authority + "/"];
    }

    private static TemplateValues ValuesOf(
        string name, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, Secret> secrets, string? tokenEndpoint, SecretScrubber scrubber)
    {
        var values = new TemplateValues(name, scrubber);
        foreach (KeyValuePair<string, string> parameter in parameters)
        {
            values.Set(parameter.Key, parameter.Value);
        }

        foreach (KeyValuePair<string, Secret> secret in secrets)
        {
            // Also where this request does not carry it: an earlier one did, and the service may answer with it now.
            scrubber.Add(secret.Value.Reveal());
            values.Set(secret.Key, secret.Value);
        }

        values.Set("tokenEndpoint", tokenEndpoint);
        return values;
    }

    // Both are shown wherever the service is named.
    private static void RefuseSecrets(TokenRequest request, string authority, string? issuer)
    {
        foreach (KeyValuePair<string, Secret> secret in request.SecretParameters)
        {
            string plain = secret.Value.Reveal();
            if (plain.Length > 0 && (authority.Contains(plain, StringComparison.OrdinalIgnoreCase) || issuer?.Contains(plain, StringComparison.Ordinal) == true))
            {
                throw AuthError.Create(
                    AuthErrorId.InvalidRequest,
                    $"-Parameter @{{ {secret.Key} = {Secret.Mask} }} is a secret, and the address of the service would show it; nothing was sent.",
                    "Give it as a plain text, if it is none.");
            }
        }
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
            // An endpoint that stands for the authority may have a query; the authority has none.
            return AddressReader.Normalize(AddressReader.WithoutQuery(address), suffixes);
        }

        throw AuthError.Missing("-Authority", $"provider '{description.Name}' needs the host name or address of the service");
    }
}
