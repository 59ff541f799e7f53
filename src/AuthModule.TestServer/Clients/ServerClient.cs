using System.Collections.Generic;
using System.Linq;
using AuthModule.Secrets;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.TestServer.Clients;

/// <summary>A program that may ask the embedded server for tokens.</summary>
internal sealed record ServerClient(string Id, Secret? Secret)
{
    public ServerClient(string id, string? secret)
        : this(id, Secret.FromOptional(secret))
    {
    }

    /// <summary>Without a secret or a key: it can only say who it is, not prove it (RFC 6749, section 2.1).</summary>
    public bool IsPublic => Secret is null && Keys.Count == 0 && CertificateSubject is null;

    /// <summary>The subject of its certificate, by which it proves itself in TLS (RFC 8705, section 2.1); null for other clients.</summary>
    public string? CertificateSubject { get; init; }

    /// <summary>The public halves of its keys, for <c>private_key_jwt</c> and for assertions that it signs.</summary>
    public IReadOnlyList<JsonWebKey> Keys { get; init; } = [];

    /// <summary>The private half as PEM, where this server made it to try things out; null for other clients.</summary>
    public Secret? PrivateKey { get; init; }

    /// <summary>Gets tokens that are bound to a key only (RFC 9449, section 5.2).</summary>
    public bool RequiresDpop { get; init; }

    /// <summary>Has to push its authorization requests (RFC 9126, section 6).</summary>
    public bool RequiresPushedRequests { get; init; }

    /// <summary>Has to sign its authorization requests (RFC 9101, section 10.5).</summary>
    public bool RequiresSignedRequests { get; init; }

    /// <summary>What is encrypted to it; null encrypts nothing.</summary>
    public ClientEncryption? Encryption { get; init; }

    /// <summary>Its UserInfo replies are signed.</summary>
    public bool SignsUserInfo { get; init; }

    /// <summary>What its ID tokens and other signed replies are signed with; null takes the server's first.</summary>
    public string? SigningAlgorithm { get; init; }

    /// <summary>Values of <c>grant_type</c> that it may use.</summary>
    public IReadOnlyList<string> Grants { get; init; } = ["client_credentials", "password", "refresh_token"];

    /// <summary>How it may prove itself; null allows every way that fits.</summary>
    public IReadOnlyList<string>? AuthenticationMethods { get; init; }

    /// <summary>What it may ask for, and what it gets when it asks for nothing.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["orders.read"];

    /// <summary>Exactly these are redirected to; of loopback ones the port may differ, and the path where it is <c>/*</c>.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>An API: it may ask what any access token is worth, not only those that were issued to it (RFC 7662, section 4).</summary>
    public bool IsResourceServer { get; init; }

    public bool MayUse(string grant) => Grants.Contains(grant);

    public bool MayAuthenticateBy(string method) =>
        AuthenticationMethods?.Contains(method) ?? method switch
        {
            "none" => IsPublic,
            "private_key_jwt" => Keys.Count > 0,
            "tls_client_auth" => CertificateSubject is not null,
            _ => Secret is not null,
        };
}
