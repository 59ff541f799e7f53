using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace AuthModule.Cli.Server;

/// <summary>A request for a code. Only one whose client and address are right may be answered by a redirect.</summary>
internal sealed class AuthorizationRequest
{
    private AuthorizationRequest(IQueryCollection query, ServerClient client, string redirectUri)
    {
        Client = client;
        RedirectUri = redirectUri;
        State = Text(query, "state");
        Nonce = Text(query, "nonce");
        LoginHint = Text(query, "login_hint");
        Challenge = Text(query, "code_challenge");
        ResponseType = Text(query, "response_type");
        ChallengeMethod = Text(query, "code_challenge_method");
        Prompt = Text(query, "prompt");

        // Some services join scopes by a comma.
        Scopes = Text(query, "scope")?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
    }

    public ServerClient Client { get; }

    public string RedirectUri { get; }

    public string? State { get; }

    public string? Nonce { get; }

    public string? LoginHint { get; }

    public string? Challenge { get; }

    public IReadOnlyList<string>? Scopes { get; }

    private string? ResponseType { get; }

    private string? ChallengeMethod { get; }

    private string? Prompt { get; }

    public static AuthorizationRequest Read(IQueryCollection query, ServerState state)
    {
        ServerClient client = state.FindClient(Text(query, "client_id") ?? string.Empty)
            ?? throw OAuthRefusal.InvalidRequest("client_id is not known");
        string redirect = Text(query, "redirect_uri") ?? string.Empty;
        return client.RedirectUris.Any(allowed => IsSame(allowed, redirect))
            ? new AuthorizationRequest(query, client, redirect)
            : throw OAuthRefusal.InvalidRequest("redirect_uri is not one of the client's");
    }

    /// <summary>The error to send back; null where the request is fine.</summary>
    public string? Refusal(bool needsPerson) =>
        ResponseType != "code" ? "unsupported_response_type"
        : Challenge is null || ChallengeMethod != "S256" ? "invalid_request"
        : Scopes?.All(Client.Scopes.Contains) == false ? "invalid_scope"
        : needsPerson && Prompt == "none" ? "login_required"
        : null;

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

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) && value.Count == 1 && value[0]!.Length > 0 ? value[0] : null;
}
