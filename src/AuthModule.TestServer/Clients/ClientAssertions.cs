using System;
using System.Linq;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Clients;

/// <summary>Clients that prove themselves by a JWT: <c>private_key_jwt</c> and <c>client_secret_jwt</c> (RFC 7523, sections 2.2 and 3).</summary>
internal sealed class ClientAssertions(ServerState state)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Assertions that live longer are not for one request.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private readonly SeenOnce seen = new(state.Options.Clock);

    /// <param name="context">The request.</param>
    /// <param name="form">Its fields.</param>
    /// <param name="alsoFor">A further address that the assertion may be for; null for the endpoint and its issuer only.</param>
    public ServerClient Authenticate(HttpContext context, OAuthForm form, string? alsoFor)
    {
        if (form["client_assertion_type"] != Type)
        {
            throw OAuthRefusal.InvalidRequest("client_assertion_type is not that of a JWT");
        }

        SignedJwt assertion = SignedJwt.TryRead(form.Require("client_assertion"))
            ?? throw OAuthRefusal.InvalidClient("the client assertion is no JWT");
        string? id = assertion.Claim("sub");
        if (id is null || assertion.Claim("iss") != id || (form["client_id"] is { } named && named != id))
        {
            throw OAuthRefusal.InvalidClient("iss and sub of the client assertion do not both name the client");
        }

        ServerClient client = state.FindClient(id) ?? throw OAuthRefusal.InvalidClient("the client is not known");
        string method = assertion.Algorithm?.StartsWith("HS", StringComparison.Ordinal) == true ? "client_secret_jwt" : "private_key_jwt";
        if (!client.MayAuthenticateBy(method))
        {
            throw OAuthRefusal.InvalidClient($"the client may not authenticate by {method}");
        }

        bool isSigned = method == "client_secret_jwt" ? assertion.IsSignedBy(client.Secret!) : assertion.IsSignedBy(client.Keys);
        if (!isSigned)
        {
            throw OAuthRefusal.InvalidClient("the client assertion is not signed with a key of the client");
        }

        CheckUse(context, assertion, alsoFor);
        return client;
    }

    private void CheckUse(HttpContext context, SignedJwt assertion, string? alsoFor)
    {
        DateTimeOffset now = state.Now;
        if (assertion.Time("exp") is not { } until || until <= now - Skew || until > now + LongestLife || assertion.Time("nbf") > now + Skew)
        {
            throw OAuthRefusal.InvalidClient("the client assertion has run out, is not good yet, or is good for too long");
        }

        if (!assertion.Audience().Any(audience => audience == alsoFor || IsHere(context, audience)))
        {
            throw OAuthRefusal.InvalidClient("the client assertion is for another server");
        }

        if (assertion.Claim("jti") is not { } jti || !seen.TryAdd($"{assertion.Claim("iss")} {jti}", until + Skew))
        {
            throw OAuthRefusal.InvalidClient("the client assertion has no jti or was used before");
        }
    }

    // The endpoint itself, or the issuer below whose path it is.
    private bool IsHere(HttpContext context, string audience) =>
        audience.StartsWith(state.Origin, StringComparison.Ordinal)
        && (audience.Length == state.Origin.Length || audience[state.Origin.Length] == '/')
        && context.Request.Path.StartsWithSegments(audience[state.Origin.Length..].TrimEnd('/'), StringComparison.Ordinal);
}
