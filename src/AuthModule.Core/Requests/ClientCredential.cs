using System.Security.Cryptography.X509Certificates;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What a client proves itself with; all null is a public client.</summary>
internal sealed record ClientCredential
{
    /// <summary>A public client.</summary>
    public static ClientCredential None { get; } = new();

    [Identity(1, SignsIn = true)]
    public Secret? Secret { get; init; }

    [Identity(2, SignsIn = true)]
    public X509Certificate2? Certificate { get; init; }

    /// <summary>A PEM, JWK or PFX file with a private key.</summary>
    [Identity(3, SignsIn = true)]
    public string? KeyFile { get; init; }

    /// <summary>Of an encrypted <see cref="KeyFile"/>; null where it is not encrypted.</summary>
    [Identity(4)]
    public Secret? KeyPassword { get; init; }

    /// <summary>Where the platform's assertion comes from; null where the client has a secret, key or certificate of its own.</summary>
    [Identity(6, SignsIn = true)]
    public IAssertionSource? AssertionSource { get; init; }

    /// <summary>One of the names of the surface page (<c>Basic</c>, <c>Post</c>, ...); null chooses what the server offers.</summary>
    [Identity(5)]
    public string? Method { get; init; }

    /// <summary>False for a public client.</summary>
    public bool IsPresent => RequestIdentity<ClientCredential>.SignsIn(this);
}
