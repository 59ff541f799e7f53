using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Requests;

namespace AuthModule.Grants;

/// <summary>
/// What the FAPI 2.0 Security Profile demands of a client (section 5.3.3) and what it forbids: turned on or refused before anything is
/// sent. What it demands of replies stands where those are tested.
/// </summary>
internal static class Fapi2
{
    private const string Tls = "Tls";
    private const string PrivateKeyJwt = "PrivateKeyJwt";

    private static readonly string[] Grants = [GrantNames.AuthorizationCode, GrantNames.Interactive, GrantNames.ClientCredentials, GrantNames.RefreshToken];

    /// <summary>The request with what the profile demands turned on; as it is where it names no profile.</summary>
    public static TokenRequest Apply(TokenRequest request)
    {
        SecurityProfiles.RequireKnown(request.SecurityProfile);
        return SecurityProfiles.IsFapi2(request.SecurityProfile) && !ProvesByTls(request) ? request with { UseDpop = true } : request;
    }

    /// <exception cref="AuthenticationException">InvalidRequest or UnsupportedGrant: what is asked for is forbidden.</exception>
    /// <exception cref="ConfigurationException">InsecureUrl, MissingParameter.</exception>
    public static void Require(TokenRequest request, Service service, string grant)
    {
        if (!SecurityProfiles.IsFapi2(request.SecurityProfile))
        {
            return;
        }

        if (!Grants.Contains(grant))
        {
            throw Refused(service, AuthErrorId.UnsupportedGrant, $"has no sign-in by {grant}", "Use -Interactive, New-AuthAuthorizationRequest, or client credentials.");
        }

        if (service.Transport.SkipCertificateCheck || (service.Address.Scheme != Uri.UriSchemeHttps && !service.Address.IsLoopback))
        {
            throw Refused(service, AuthErrorId.InsecureUrl, "needs TLS with a certificate that is checked", "Leave out -SkipCertificateCheck and -AllowInsecureHttp.");
        }

        if (!service.Description.UsesDiscovery || service.TokenEndpoint is not null)
        {
            throw Refused(service, AuthErrorId.InvalidRequest, "takes endpoints and issuer from what the service publishes", "Use -Provider oidc or another one with discovery, without -TokenEndpoint.");
        }

        RequireClient(request, service);
        if (service.PushesAuthorization == false)
        {
            throw Refused(service, AuthErrorId.InvalidRequest, "pushes every authorization request", $"Leave out {CommonParameters.PushedAuthorization}.");
        }

        if (service.AssertionAudience is not null || (service.AssertionAlgorithm is { } algorithm && !SecurityProfiles.Allows(request.SecurityProfile, algorithm)))
        {
            throw Refused(
                service,
                AuthErrorId.InvalidRequest,
                "has client assertions for the issuer, signed by PS256, ES256 or EdDSA",
                $"Leave out {CommonParameters.AssertionAudience} and {CommonParameters.AssertionAlgorithm}.");
        }
    }

    /// <summary>A certificate binds the tokens only where the service says so.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest.</exception>
    public static void RequireBinding(TokenRequest request, Service service, ServerMetadata? published)
    {
        if (SecurityProfiles.IsFapi2(request.SecurityProfile) && !request.UseDpop && published?.Flag("tls_client_certificate_bound_access_tokens") != true)
        {
            throw Refused(service, AuthErrorId.InvalidRequest, "needs tokens that are bound to their client, and the service does not say that it binds them to certificates (RFC 8705)", "Prove the client by -ClientAuthentication PrivateKeyJwt: then tokens are bound by DPoP.");
        }
    }

    public static AuthException Refused(Service service, string id, string why, string action) => AuthError.Create(
        id, $"The security profile FAPI 2.0 {why}; nothing was sent to {service.DisplayName}.", new ErrorDetails { Service = service.DisplayName, Action = action });

    // A certificate alone proves its client in TLS or by a signature; which one decides how tokens are bound.
    private static bool ProvesByTls(TokenRequest request) => string.Equals(request.Client.Method, Tls, StringComparison.OrdinalIgnoreCase);

    private static void RequireClient(TokenRequest request, Service service)
    {
        ClientCredential client = request.Client;
        bool hasKey = client.KeyFile is not null || client.Certificate is not null || client.AssertionSource is not null;
        bool isAllowedMethod = client.Method is null || ProvesByTls(request) || string.Equals(client.Method, PrivateKeyJwt, StringComparison.OrdinalIgnoreCase);
        if (client.Secret is not null || request.RefersTo(SecretPlace.ClientSecret) || !isAllowedMethod || !hasKey)
        {
            throw Refused(
                service,
                AuthErrorId.InvalidRequest,
                "lets a client prove itself by a signed assertion or a certificate in TLS, not by a secret and not by its name alone",
                "Give -ClientKey or -ClientCertificate; register its public half at the service.");
        }
    }
}
