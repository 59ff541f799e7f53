using System.Security.Cryptography.X509Certificates;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What a client proves itself with; all null is a public client.</summary>
internal sealed record ClientCredential
{
    public Secret? Secret { get; init; }

    public X509Certificate2? Certificate { get; init; }

    /// <summary>A PEM or JWK file with a private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>One of the names of the surface page (<c>Basic</c>, <c>Post</c>, ...); null chooses what the server offers.</summary>
    public string? Method { get; init; }
}
