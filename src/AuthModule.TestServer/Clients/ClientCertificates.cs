using System.Security.Cryptography;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Clients;

/// <summary>Certificates that clients show in TLS (RFC 8705): to prove themselves, and to be bound to their tokens.</summary>
internal static class ClientCertificates
{
    public const string Method = "tls_client_auth";

    /// <exception cref="OAuthRefusal">invalid_client: none, another client's, or one that this server's authority has not signed.</exception>
    public static ServerClient Prove(HttpContext context, ServerClient client, ServerCertificates certificates) =>
        client.MayAuthenticateBy(Method)
        && context.Connection.ClientCertificate is { } shown
        && shown.Subject == client.CertificateSubject
        && certificates.HasSigned(shown)
            ? client
            : throw OAuthRefusal.InvalidClient("the connection shows no certificate of the client");

    /// <summary>As in <c>cnf</c> (section 3.1); null where the connection shows none.</summary>
    public static string? Thumbprint(HttpContext context) =>
        context.Connection.ClientCertificate is { } shown ? Base64Url.Encode(shown.GetCertHash(HashAlgorithmName.SHA256)) : null;
}
