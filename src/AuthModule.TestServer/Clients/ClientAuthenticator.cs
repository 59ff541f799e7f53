using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Clients;

/// <summary>Who is the client, and has it proved it (RFC 6749, section 2.3)?</summary>
internal sealed class ClientVerifier(ServerState state)
{
    private const int MaxWrongSecrets = 10;

    private readonly ClientAssertions assertions = new(state);
    private readonly WrongTries wrongSecrets = new(state.Options.Clock, MaxWrongSecrets);

    /// <summary>As discovery names them.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"];

    /// <param name="context">The request.</param>
    /// <param name="form">Its fields.</param>
    /// <param name="alsoFor">A further address that an assertion may be for; null for the endpoint and its issuer only.</param>
    public ServerClient Authenticate(HttpContext context, OAuthForm form, string? alsoFor = null)
    {
        if (form["client_assertion"] is not null || form["client_assertion_type"] is not null)
        {
            return form["client_secret"] is null && context.Request.Headers.Authorization.Count == 0
                ? assertions.Authenticate(context, form, alsoFor)
                : throw OAuthRefusal.InvalidRequest("the client authenticates in more than one way");
        }

        (string method, string id, string? secret) = ReadCredentials(context, form);
        bool usedHeader = method == "client_secret_basic";
        ServerClient client = state.FindClient(id)
            ?? throw OAuthRefusal.InvalidClient("the client is not known", usedHeader);
        if (method == "none" && client.CertificateSubject is not null)
        {
            return ClientCertificates.Prove(context, client, state.Certificates);
        }

        if (!client.MayAuthenticateBy(method))
        {
            throw OAuthRefusal.InvalidClient($"the client may not authenticate by {method}", usedHeader);
        }

        if (client.Secret is { } expected)
        {
            wrongSecrets.RequireTurn(client.Id);
            if (!expected.Matches(AuthModule.Secrets.Secret.From(secret ?? string.Empty)))
            {
                wrongSecrets.Wrong(client.Id);
                throw OAuthRefusal.InvalidClient("the client secret is wrong", usedHeader);
            }

            wrongSecrets.Right(client.Id);
        }

        return client;
    }

    private static (string Method, string Id, string? Secret) ReadCredentials(HttpContext context, OAuthForm form)
    {
        string? header = context.Request.Headers.Authorization;
        string? id = form["client_id"];
        string? secret = form["client_secret"];
        if (header is null)
        {
            if (id is null)
            {
                throw OAuthRefusal.InvalidClient("the client did not say who it is");
            }

            return (secret is null ? "none" : "client_secret_post", id, secret);
        }

        if (secret is not null)
        {
            throw OAuthRefusal.InvalidRequest("the client authenticates in more than one way");
        }

        (string headerId, string headerSecret) = ReadBasic(header);
        if (id is not null && id != headerId)
        {
            throw OAuthRefusal.InvalidRequest("client_id differs from the one in the header");
        }

        return ("client_secret_basic", headerId, headerSecret);
    }

    // Both parts are form-encoded before they are joined (section 2.3.1).
    private static (string Id, string Secret) ReadBasic(string header)
    {
        byte[] buffer = new byte[header.Length];
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[6..].Trim(), buffer, out int written))
        {
            throw OAuthRefusal.InvalidClient("the Authorization header is not Basic", usedHeader: true);
        }

        string pair = Encoding.UTF8.GetString(buffer, 0, written);
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw OAuthRefusal.InvalidClient("the Authorization header holds no pair", usedHeader: true);
        }

        return (WebUtility.UrlDecode(pair[..colon]), WebUtility.UrlDecode(pair[(colon + 1)..]));
    }
}
