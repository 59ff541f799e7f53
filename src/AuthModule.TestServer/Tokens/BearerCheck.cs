using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Tokens;

/// <summary>Who calls, and what the caller may do.</summary>
/// <param name="Subject">A person or a client.</param>
/// <param name="Scopes">Of the token or key.</param>
/// <param name="Audience">The APIs that the token is for; empty where it does not say.</param>
internal sealed record Caller(string Subject, IReadOnlyList<string> Scopes, IReadOnlyList<string> Audience)
{
    /// <summary>To whom the token was issued; null for an API key.</summary>
    public string? ClientId { get; init; }

    /// <summary>What else the token says.</summary>
    public IReadOnlyDictionary<string, object?> Claims { get; init; } = new Dictionary<string, object?>();
}

/// <summary>Protects an endpoint by token (RFC 6750, RFC 9449) or API key: the caller, or a reply that says why not.</summary>
internal static class BearerCheck
{
    private const string Bearer = "Bearer";
    private const string Dpop = "DPoP";

    /// <summary>Null once a refusal has been written.</summary>
    public static async Task<Caller?> RequireAsync(HttpContext context, ServerState state, params string[] scopes)
    {
        string? token = Read(context, Bearer) ?? Read(context, Dpop);
        string? key = context.Request.Headers["X-API-Key"];
        if (token is not null && key is not null)
        {
            return Refuse(context, StatusCodes.Status400BadRequest, Bearer, ", error=\"invalid_request\"");
        }

        if (key is not null)
        {
            return FromKey(context, state, key, scopes);
        }

        if (token is null)
        {
            // A request without credentials is only told what is wanted (section 3.1).
            return Refuse(context, StatusCodes.Status401Unauthorized, Bearer, string.Empty);
        }

        TokenStatus status = await state.Issuer.ValidateAsync(token, context.RequestAborted, scopes);
        string scheme = status.Record is { } known ? TokenBinding.TypeOf(known.Grant.Claims) : Read(context, Dpop) is null ? Bearer : Dpop;
        if (status.IsActive && Unproved(context, state, status.Record!, token) is { } fault)
        {
            return Refuse(context, StatusCodes.Status401Unauthorized, scheme, $", error=\"{fault.Error}\", error_description=\"{fault.Message}\"");
        }

        return status.IsActive
            ? new Caller(status.Record!.Subject, status.Record.Scopes, status.Record.Grant.Audience) { ClientId = status.Record.ClientId, Claims = status.Record.Grant.Claims }
            : Refuse(context, status.StatusCode, scheme, status.StatusCode == StatusCodes.Status403Forbidden
                ? Insufficient(scopes)
                : $", error=\"invalid_token\", error_description=\"{status.Reason}\"");
    }

    public static string? Read(HttpContext context, string scheme = Bearer)
    {
        string? header = context.Request.Headers.Authorization;
        return header?.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase) == true ? header[(scheme.Length + 1)..].Trim() : null;
    }

    public static void RefuseToken(HttpContext context, string reason) =>
        Refuse(context, StatusCodes.Status401Unauthorized, Bearer, $", error=\"invalid_token\", error_description=\"{reason}\"");

    // RFC 9449, section 7: a bound token comes with its own scheme and a proof for it, and no other token does.
    private static OAuthRefusal? Unproved(HttpContext context, ServerState state, TokenRecord record, string token)
    {
        if (TokenBinding.CertificateOf(record.Grant.Claims) is { } certificate && certificate != ClientCertificates.Thumbprint(context))
        {
            return new OAuthRefusal("invalid_token", "the token is bound to a certificate that the connection does not show");
        }

        string? bound = TokenBinding.Of(record.Grant.Claims);
        bool isDpop = Read(context, Dpop) is not null;
        if (bound is null)
        {
            return isDpop ? new OAuthRefusal("invalid_token", "the token is not bound to a key") : null;
        }

        try
        {
            return !isDpop ? new OAuthRefusal("invalid_token", "the token is bound to a key and no bearer token")
                : state.Dpop.Check(context, token) == bound ? null
                : new OAuthRefusal("invalid_dpop_proof", "the proof is missing or of another key than the token");
        }
        catch (OAuthRefusal refused)
        {
            return refused;
        }
    }

    private static Caller? FromKey(HttpContext context, ServerState state, string key, string[] scopes) =>
        state.ApiKeys.Find(key) is not { } record ? Refuse(context, StatusCodes.Status401Unauthorized, Bearer, string.Empty)
        : !scopes.All(record.Scopes.Contains) ? Refuse(context, StatusCodes.Status403Forbidden, Bearer, Insufficient(scopes))
        : new Caller(record.Owner, record.Scopes, []);

    private static string Insufficient(string[] scopes) =>
        $", error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes)}\"";

    private static Caller? Refuse(HttpContext context, int status, string scheme, string fault)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.WWWAuthenticate = $"{scheme} realm=\"authmodule\"{(scheme == Dpop ? $", algs=\"{string.Join(' ', SignedJwt.PublicKeyAlgorithms)}\"" : string.Empty)}{fault}";
        context.Response.Headers.CacheControl = "no-store";
        return null;
    }
}
