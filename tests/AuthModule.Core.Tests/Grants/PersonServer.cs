using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Requests;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Core.Tests.Grants;

/// <summary>The embedded server with one person, who is signed in by every browser that comes.</summary>
internal static class PersonServer
{
    public const string Client = "desktop";
    public const string Redirect = "http://127.0.0.1/callback";

    // Making keys is what takes most of a start.
    private static readonly IssuerKeys Keys = new("RS256", "ES256", "PS256");

    public static Task<EmbeddedServer> StartAsync(System.Func<ServerClient, ServerClient>? change = null, System.Func<EmbeddedServerOptions, EmbeddedServerOptions>? options = null)
    {
        var client = new ServerClient(Client, (string?)null)
        {
            Grants = ["authorization_code", "refresh_token", "password"],
            Scopes = ["openid", "profile", "email", "orders.read"],
            RedirectUris = [Redirect],
        };
        var made = new EmbeddedServerOptions
        {
            Keys = Keys,
            AutoApproveAs = "alice",
            Users = [new ServerUser("alice", "wonder land+1") { Scopes = ["openid", "profile", "email", "orders.read"] }],
            Clients = [change?.Invoke(client) ?? client],
        };
        return EmbeddedServer.StartAsync(options?.Invoke(made) ?? made, TestContext.Current.CancellationToken);
    }

    public static TokenRequest Request(EmbeddedServer server, params string[] scopes) => new()
    {
        Authority = server.BaseAddress.AbsoluteUri,
        ClientId = Client,
        Scopes = scopes.Length == 0 ? ["openid", "orders.read"] : scopes,
        Grant = GrantNames.Interactive,
        Input = new GrantInput { RedirectUri = Redirect },
    };

    /// <summary>Further fields of the request.</summary>
    public static IReadOnlyDictionary<string, string> Fields(params (string Name, string Value)[] fields)
    {
        var made = new Dictionary<string, string>();
        foreach ((string name, string value) in fields)
        {
            made[name] = value;
        }

        return made;
    }
}
