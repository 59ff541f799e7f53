using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>What the issuer is and can do: OpenID Connect Discovery, and RFC 8414, whose well-known part comes before the issuer's path.</summary>
internal static class DiscoveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm)
    {
        RequestDelegate handler = context => Reply.JsonAsync(context, Metadata(state, realm, context));
        routes.MapGet(realm.Path + "/.well-known/openid-configuration", handler);
        routes.MapGet("/.well-known/oauth-authorization-server" + realm.Path, handler);
    }

    private static Dictionary<string, object?> Metadata(ServerState state, Realm realm, HttpContext context)
    {
        string issuer = realm.Issuer(state, context);
        bool isTls = state.Options.Address.Scheme == Uri.UriSchemeHttps;
        string[] methods = isTls ? [ClientCertificates.Method, .. ClientVerifier.Methods] : [.. ClientVerifier.Methods];
        return new Dictionary<string, object?>
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = issuer + realm.Authorization,
            ["token_endpoint"] = issuer + realm.Token,
            ["jwks_uri"] = issuer + realm.Jwks,
            ["introspection_endpoint"] = issuer + realm.Introspection,
            ["revocation_endpoint"] = issuer + realm.Revocation,
            ["userinfo_endpoint"] = issuer + realm.UserInfo,
            ["device_authorization_endpoint"] = issuer + realm.DeviceAuthorization,
            ["pushed_authorization_request_endpoint"] = issuer + realm.PushedAuthorization,
            ["backchannel_authentication_endpoint"] = issuer + realm.Backchannel,
            ["backchannel_token_delivery_modes_supported"] = new[] { "poll" },
            ["backchannel_user_code_parameter_supported"] = false,
            ["grant_types_supported"] = GrantList.All.Keys.ToArray(),
            ["response_types_supported"] = new[] { "code" },
            ["response_modes_supported"] = ResponseMode.Names,
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["authorization_response_iss_parameter_supported"] = true,
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = state.Keys.Algorithms,
            ["scopes_supported"] = state.Options.Clients.SelectMany(static client => client.Scopes).Distinct().ToArray(),
            ["token_endpoint_auth_methods_supported"] = methods,
            ["token_endpoint_auth_signing_alg_values_supported"] = SignedJwt.PublicKeyAlgorithms.Append("HS256").ToArray(),
            ["introspection_endpoint_auth_methods_supported"] = methods[..^1],
            ["revocation_endpoint_auth_methods_supported"] = methods,
            ["tls_client_certificate_bound_access_tokens"] = isTls,
            ["mtls_endpoint_aliases"] = isTls ? Aliases(issuer, realm) : null,
            ["dpop_signing_alg_values_supported"] = SignedJwt.PublicKeyAlgorithms,
            ["authorization_details_types_supported"] = state.Options.AuthorizationDetailTypes,
            ["prompt_values_supported"] = new[] { "none", "login", "consent", "select_account" },
            ["acr_values_supported"] = ContextClasses.All,
            ["claims_parameter_supported"] = true,
            ["introspection_signing_alg_values_supported"] = state.Keys.Algorithms,
            ["userinfo_signing_alg_values_supported"] = state.Keys.Algorithms,
            ["authorization_signing_alg_values_supported"] = state.Keys.Algorithms,
            ["id_token_encryption_alg_values_supported"] = new[] { "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512", "ECDH-ES" },
            ["id_token_encryption_enc_values_supported"] = new[] { "A256GCM" },
            ["request_object_signing_alg_values_supported"] = SignedJwt.PublicKeyAlgorithms,
            ["request_parameter_supported"] = true,
            ["request_uri_parameter_supported"] = false,
            ["claims_supported"] = new[] { "iss", "sub", "aud", "exp", "iat", "client_id", "scope", "groups", "email", "preferred_username" },
        };
    }

    // RFC 8705, section 5. Every endpoint here takes certificates, so they are the same.
    private static Dictionary<string, object?> Aliases(string issuer, Realm realm) => new()
    {
        ["token_endpoint"] = issuer + realm.Token,
        ["introspection_endpoint"] = issuer + realm.Introspection,
        ["revocation_endpoint"] = issuer + realm.Revocation,
        ["device_authorization_endpoint"] = issuer + realm.DeviceAuthorization,
        ["pushed_authorization_request_endpoint"] = issuer + realm.PushedAuthorization,
        ["backchannel_authentication_endpoint"] = issuer + realm.Backchannel,
    };
}
