using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;

namespace AuthModule.TestServer.Authorization;

/// <summary>What a person allowed to a client, until the client redeems it.</summary>
internal sealed record AuthorizationCode(ServerClient Client, Permission Permission, string RedirectUri)
{
    /// <summary>The key that has to prove itself at the redemption; null for none.</summary>
    public string? ProofThumbprint { get; init; }

    public DateTimeOffset? SignedInOn { get; init; }

    /// <summary>How the person signed in (<c>acr</c>).</summary>
    public string? ContextClass { get; init; }

    /// <summary>What the client asks for one by one.</summary>
    public ClaimsRequest Claims { get; init; } = ClaimsRequest.None;

    public required string Challenge { get; init; }

    public string? Nonce { get; init; }

    public required DateTimeOffset Until { get; init; }
}

/// <summary>Authorization codes: each works once, for a minute, for its client, address and verifier (RFC 6749, section 4.1.3; RFC 7636).</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, AuthorizationCode> codes = new(StringComparer.Ordinal);

    public string Add(AuthorizationCode code)
    {
        foreach ((string key, AuthorizationCode old) in codes.Where(pair => pair.Value.Until <= clock.GetUtcNow()))
        {
            codes.TryRemove(new KeyValuePair<string, AuthorizationCode>(key, old));
        }

        string text = RandomText.Base64Url(32);
        codes[TokenKey.Hash(text)] = code;
        return text;
    }

    public AuthorizationCode Redeem(OAuthForm form, ServerClient client, string? proofThumbprint)
    {
        if (!codes.TryRemove(TokenKey.Hash(form.Require("code")), out AuthorizationCode? code) || code.Until <= clock.GetUtcNow())
        {
            throw OAuthRefusal.InvalidGrant("the code is unknown, used or has run out");
        }

        if (code.Client.Id != client.Id)
        {
            throw OAuthRefusal.InvalidGrant("the code was issued to another client");
        }

        if (code.RedirectUri != form["redirect_uri"])
        {
            throw OAuthRefusal.InvalidGrant("redirect_uri differs from the one that the code was sent to");
        }

        if (code.ProofThumbprint is { } bound && bound != proofThumbprint)
        {
            throw OAuthRefusal.InvalidGrant("the code is bound to a key that has not proved itself");
        }

        string verifier = form.Require("code_verifier");
        return !ProofKeys.IsVerifier(verifier)
            ? throw OAuthRefusal.InvalidGrant("code_verifier is too short, too long, or has other letters than RFC 7636 allows")
            : Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == code.Challenge
                ? code
                : throw OAuthRefusal.InvalidGrant("code_verifier does not fit the challenge");
    }
}
