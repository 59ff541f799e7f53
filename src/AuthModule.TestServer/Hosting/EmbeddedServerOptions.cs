using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Dialects;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Hosting;

/// <summary>What the embedded authorization server knows and allows. It is for trying out and for tests, never for production.</summary>
internal sealed partial record EmbeddedServerOptions
{
    /// <summary>Where to listen; port 0 takes a free one. <c>https</c> uses a certificate that is made at start.</summary>
    public Uri Address { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Allows an <see cref="Address"/> that other machines can reach.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>With https: a connection without a client certificate of this server's authority is refused.</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>Makes the server's certificate in place of a good one, for tests of bad ones.</summary>
    public Func<ServerCertificates, X509Certificate2>? CreateCertificate { get; init; }

    public IReadOnlyList<ServerUser> Users { get; init; } = [];

    public IReadOnlyList<ServerClient> Clients { get; init; } = [];

    public TimeSpan TokenLifetime { get; init; } = AuthIssuer.DefaultTokenLifetime;

    public TimeSpan RefreshLifetime { get; init; } = AuthIssuer.DefaultRefreshLifetime;

    public TokenFormat TokenFormat { get; init; } = TokenFormat.Jwt;

    /// <summary>The <c>aud</c> of access tokens.</summary>
    public string Audience { get; init; } = "orders";

    /// <summary>Further resources that tokens can be asked for (RFC 8707), beside <see cref="Audience"/> and the sample API.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Values of <c>type</c> in authorization details that are known (RFC 9396).</summary>
    public IReadOnlyList<string> AuthorizationDetailTypes { get; init; } = ["order"];

    /// <summary>Proofs of possession have to hold a nonce of this server (RFC 9449, section 8).</summary>
    public bool RequireDpopNonce { get; init; }

    /// <summary>How long a person has for a code of a device, or to answer a request on theirs.</summary>
    public TimeSpan PendingLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a device has to wait between two questions.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wrong passwords in a row that lock an account.</summary>
    public int LockoutThreshold { get; init; } = 5;

    public TimeSpan LockoutDuration { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Answers authorization requests at once for this person, without a page; null asks.</summary>
    public string? AutoApproveAs { get; init; }

    /// <summary>Of the tokens and of the <c>Date</c> header.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public DialectOptions Dialects { get; init; } = new();

    /// <summary>Where tokens are recorded; null is the memory of this process.</summary>
    public ITokenStore? Store { get; init; }

    /// <summary>Null makes some at start.</summary>
    public IssuerKeys? Keys { get; init; }
}
