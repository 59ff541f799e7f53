using System.Collections.Generic;
using System.Linq;
using AuthModule.Cli.Server;

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
        ["ca_certificate"] = options.Address.Scheme == "https" ? server.Certificates.AuthorityPem : null,
    };

    private static Dictionary<string, object?> Client(ServerClient client) => new()
    {
        ["client_id"] = client.Id,
        ["client_secret"] = client.Secret?.Reveal(),
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
