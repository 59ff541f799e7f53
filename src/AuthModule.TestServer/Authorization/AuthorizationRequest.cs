using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Authorization;

/// <summary>A request for a code. Only one whose client and address are right may be answered by a redirect.</summary>
internal sealed class AuthorizationParameters
{
    private readonly OAuthForm form;

    private AuthorizationParameters(OAuthForm form, ServerClient client, string redirectUri)
    {
        this.form = form;
        Client = client;
        RedirectUri = redirectUri;
        Prompts = form["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

        // Some services join scopes by a comma.
        Scopes = form["scope"]?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
    }

    public ServerClient Client { get; }

    public string RedirectUri { get; }

    public IReadOnlyList<string>? Scopes { get; }

    public IReadOnlyList<string> Prompts { get; }

    public string? State => form["state"];

    public string? Nonce => form["nonce"];

    /// <summary>How the person is to sign in.</summary>
    public string ContextClass => ContextClasses.Choose(form["acr_values"]);

    public ClaimsRequest Claims => ClaimsRequest.Read(form["claims"]);

    /// <summary>One that is not known is refused in the address.</summary>
    public ResponseMode Mode => ResponseMode.Find(form["response_mode"]) ?? ResponseMode.Query;

    public string? LoginHint => form["login_hint"];

    public string? Challenge => form["code_challenge"];

    /// <summary>The key that redeems the code (RFC 9449, section 10); null for any.</summary>
    public string? ProofThumbprint => form["dpop_jkt"];

    /// <summary>How long ago the person may have signed in; null for any time.</summary>
    public TimeSpan? MaximumAge =>
        int.TryParse(form["max_age"], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>A request as a browser brings it, whole or as a reference to one that was pushed.</summary>
    public static AuthorizationParameters Read(OAuthForm form, ServerState state, string issuer)
    {
        ServerClient client = state.FindClient(form["client_id"] ?? string.Empty)
            ?? throw OAuthRefusal.InvalidRequest("client_id is not known");
        return form["request_uri"] is { } reference ? state.Pushed.Take(reference, client)
            : client.RequiresPushedRequests ? throw OAuthRefusal.InvalidRequest("the client has to push its authorization requests")
            : Of(RequestObjects.Open(form, client, state, issuer), client);
    }

    public static AuthorizationParameters Of(OAuthForm form, ServerClient client)
    {
        string redirect = form["redirect_uri"] ?? string.Empty;
        return client.RedirectUris.Any(allowed => IsSame(allowed, redirect))
            ? new AuthorizationParameters(form, client, redirect)
            : throw OAuthRefusal.InvalidRequest("redirect_uri is not one of the client's");
    }

    /// <exception cref="OAuthRefusal">What has to be sent back to the client.</exception>
    public AccessRequest Check(ServerState state)
    {
        if (ResponseMode.Find(form["response_mode"]) is null)
        {
            throw OAuthRefusal.InvalidRequest("response_mode is not known");
        }

        _ = Claims;
        if (form["response_type"] != "code")
        {
            throw new OAuthRefusal("unsupported_response_type", "only the response type code is known");
        }

        if (Challenge is null || form["code_challenge_method"] != "S256")
        {
            throw OAuthRefusal.InvalidRequest("PKCE with S256 is required");
        }

        if (!ProofKeys.IsChallenge(Challenge))
        {
            throw OAuthRefusal.InvalidRequest("code_challenge is no SHA-256 in base64url: it has 43 letters (RFC 7636, section 4.2)");
        }

        if (Prompts.Count > 1 && Prompts.Contains("none"))
        {
            throw OAuthRefusal.InvalidRequest("prompt has none and more");
        }

        return Scopes?.FirstOrDefault(scope => !Client.Scopes.Contains(scope)) is { } refused
            ? throw OAuthRefusal.InvalidScope($"the scope {refused} is not allowed")
            : AccessRequest.Read(form, state) with { Scopes = Scopes };
    }

    // The port of a loopback address is free to choose (RFC 8252, section 7.3), and below "/*" its path too.
    private static bool IsSame(string allowed, string asked)
    {
        if (allowed == asked)
        {
            return true;
        }

        return Uri.TryCreate(allowed, UriKind.Absolute, out Uri? one)
            && Uri.TryCreate(asked, UriKind.Absolute, out Uri? other)
            && one.IsLoopback
            && one.Scheme == other.Scheme
            && one.Host == other.Host
            && (one.AbsolutePath == "/*" || one.PathAndQuery == other.PathAndQuery)
            && other.Fragment.Length == 0;
    }
}
