using System.Collections.Generic;
using AuthModule.Secrets;

namespace AuthModule.Cli.Server;

/// <content>What <c>serve</c> and <c>demo</c> start with.</content>
internal sealed partial record EmbeddedServerOptions
{
    private static readonly string[] PersonScopes = ["openid", "profile", "email", "orders.read", "orders.write", "read", "write"];

    /// <summary>Three people and four clients, with passwords and secrets that are new at every start.</summary>
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
            Client("portal", isPublic: false, ["authorization_code", "client_credentials", "password", "refresh_token"], PersonScopes),
            Client("desktop", isPublic: true, ["authorization_code", "password", "refresh_token"], PersonScopes),
            Client("pxcentral", isPublic: true, ["password", "refresh_token"], ["openid", "profile", "email", "orders.read"]),
        ],
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
}
