using System.Collections.Generic;
using System.Security.Cryptography;
using AuthModule.Secrets;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Users;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.TestServer.Hosting;

/// <content>What <c>serve</c> and <c>demo</c> start with.</content>
internal sealed partial record EmbeddedServerOptions
{
    private static readonly string[] PersonScopes = ["openid", "profile", "email", "orders.read", "orders.write", "read", "write"];

    /// <summary>A client whose certificate <c>serve</c> prints when it speaks TLS.</summary>
    public static ServerClient WithCertificate { get; } = new("machine", (string?)null)
    {
        Grants = ["client_credentials"],
        Scopes = ["orders.read", "orders.write"],
        CertificateSubject = "CN=demo",
    };

    /// <summary>Three people and six clients, with passwords, secrets and a key that are new at every start.</summary>
    public static EmbeddedServerOptions Demo() => new()
    {
        Users =
        [
            Person("alice", PersonScopes, "admins", "sales"),
            Person("bob", ["openid", "profile", "email", "orders.read", "read"], "sales"),
            Person("carol", PersonScopes, "sales"),
        ],
        Clients =
        [
            Client("nightly", isPublic: false, ["client_credentials"], ["orders.read", "orders.write"]),
            Client("portal", isPublic: false, ["authorization_code", "client_credentials", "password", "refresh_token"], PersonScopes) with { IsResourceServer = true },
            Client("desktop", isPublic: true, ["authorization_code", "password", "refresh_token", DeviceCodeHandler.Name], PersonScopes),
            Client("pxcentral", isPublic: true, ["password", "refresh_token"], ["openid", "profile", "email", "orders.read"]),
            Client("gateway", isPublic: false, ["client_credentials", "refresh_token", TokenExchangeHandler.Name, BackchannelHandler.Name], PersonScopes) with { IsResourceServer = true },
            WithKey("robot", ["client_credentials", JwtBearerHandler.Name], ["orders.read", "orders.write"]),
        ],
        Resources = ["urn:stock"],
    };

    private static ServerUser Person(string name, string[] scopes, params string[] groups) =>
        new(name, RandomText.Base64Url(12)) { Scopes = scopes, Groups = groups };

    private static ServerClient Client(string id, bool isPublic, string[] grants, IReadOnlyList<string> scopes) =>
        new(id, isPublic ? null : RandomText.Base64Url(24))
        {
            Grants = grants,
            Scopes = scopes,
            RedirectUris = ["http://127.0.0.1/*", "http://localhost/*", "http://[::1]/*"],
        };

    private static ServerClient WithKey(string id, string[] grants, IReadOnlyList<string> scopes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        JsonWebKey known = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: false))));
        return new ServerClient(id, (string?)null) { Grants = grants, Scopes = scopes, Keys = [known], PrivateKey = Secret.From(key.ExportPkcs8PrivateKeyPem()) };
    }
}
