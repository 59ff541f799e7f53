using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;

namespace AuthModule.TestServer.Authorization;

/// <summary>Authorization requests that the client has signed (JAR, RFC 9101): what counts is inside, and nothing beside it.</summary>
internal static class RequestObjects
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>The request's parameters: those that are signed where there is a signed request, else the form as it came.</summary>
    public static OAuthForm Open(OAuthForm form, ServerClient client, ServerState state, string issuer)
    {
        if (form["request"] is not { } text)
        {
            return client.RequiresSignedRequests ? throw OAuthRefusal.InvalidRequest("the client has to sign its authorization requests") : form;
        }

        if (SignedJwt.TryRead(text) is not { } request || !request.IsSignedBy(client.Keys))
        {
            throw new OAuthRefusal("invalid_request_object", "the request object is not signed by the client");
        }

        string? type = request.Header.TryGetProperty("typ", out JsonElement typ) ? typ.GetString() : null;
        DateTimeOffset now = state.Now;
        string? fault = type != "oauth-authz-req+jwt" ? "typ is not oauth-authz-req+jwt"
            : request.Claim("iss") != client.Id || request.Claim("client_id") != client.Id ? "iss and client_id have to be the client"
            : !request.Audience().Contains(issuer) ? "aud is not this issuer"
            : request.Time("exp") is not { } until || until + Skew <= now || until > now + TimeSpan.FromHours(1) ? "exp is missing, over, or far away"
            : request.Time("nbf") is { } from && from - Skew > now ? "nbf is in the future"
            : null;
        return fault is null ? OAuthForm.OfPairs(Pairs(request.Claims)) : throw new OAuthRefusal("invalid_request_object", fault);
    }

    private static IEnumerable<KeyValuePair<string, string[]>> Pairs(JsonElement claims) => claims.EnumerateObject()
        .Where(static claim => claim.Name is not ("iss" or "aud" or "exp" or "nbf" or "iat" or "jti"))
        .Select(static claim => new KeyValuePair<string, string[]>(claim.Name, claim.Value.ValueKind switch
        {
            JsonValueKind.String => [claim.Value.GetString()!],
            JsonValueKind.Array when claim.Name is "resource" or "audience" => [.. claim.Value.EnumerateArray().Select(static item => item.GetString()!)],
            _ => [claim.Value.GetRawText()],
        }));
}
