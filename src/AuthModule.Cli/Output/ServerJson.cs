using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Cli.Output;

/// <summary>What one needs to use an embedded server: its address, and secrets that end with it.</summary>
internal static class ServerJson
{
    public static Dictionary<string, object?> Of(EmbeddedServer server, EmbeddedServerOptions options) => new()
    {
        ["base_address"] = server.BaseAddress.AbsoluteUri,
        ["issuer"] = server.Issuer,
        ["discovery"] = server.Issuer + "/.well-known/openid-configuration",
        ["sample_api"] = server.Issuer + "/api/orders",
        ["audience"] = options.Audience,
        ["clients"] = options.Clients.Select(Client).ToArray(),
        ["users"] = options.Users.Select(User).ToArray(),
        ["providers"] = server.Describe()["providers"],
        ["client_certificate"] = options.Address.Scheme == "https" ? ClientCertificate(server) : null,
        ["ca_certificate"] = options.Address.Scheme == "https" ? server.Certificates.AuthorityPem : null,
    };

    // With its private key, both as PEM: made for this run of a server for tests.
    private static Dictionary<string, object?> ClientCertificate(EmbeddedServer server)
    {
        using X509Certificate2 certificate = server.Certificates.CreateClient("demo");
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return new() { ["certificate"] = certificate.ExportCertificatePem(), ["key"] = key.ExportPkcs8PrivateKeyPem() };
    }

    private static Dictionary<string, object?> Client(ServerClient client) => new()
    {
        ["client_id"] = client.Id,
        ["client_secret"] = client.Secret?.Reveal(),
        ["private_key"] = client.PrivateKey?.Reveal(),
        ["grant_types"] = client.Grants,
        ["scope"] = string.Join(' ', client.Scopes),
    };

    private static Dictionary<string, object?> User(ServerUser user) => new()
    {
        ["username"] = user.Name,
        ["password"] = user.Password.Reveal(),
        ["groups"] = user.Groups,
    };
}
