using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Issuing;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>The server that comes with the command line and an engine, on one clock.</summary>
internal sealed class EmbeddedFlow : IAsyncDisposable
{
    public const string Password = "wonder land+1";
    public const string PortalSecret = "a secret of at least 32 bytes long!";

    private const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string Ciba = "urn:openid:params:grant-type:ciba";

    private static readonly string[] Scopes = ["openid", "orders.read", "orders.write"];
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // Making keys is what takes most of a start.
    private static readonly EmbeddedServerOptions Base = new()
    {
        Keys = new IssuerKeys(),
        Resources = ["urn:stock"],
        Users = [new ServerUser("alice", Password) { Scopes = Scopes, Groups = ["sales"] }, new ServerUser("bob", "builder") { Scopes = ["openid", "orders.read"] }],
        Clients =
        [
            new ServerClient("desktop", (string?)null) { Grants = ["authorization_code", "refresh_token", DeviceCode], Scopes = Scopes, RedirectUris = ["http://127.0.0.1/*"] },
            new ServerClient("portal", PortalSecret) { Grants = ["client_credentials", "authorization_code", "refresh_token", Exchange, Ciba], Scopes = Scopes, RedirectUris = ["http://127.0.0.1/*"] },
            new ServerClient("robot", (string?)null)
            {
                Grants = ["client_credentials", JwtBearer],
                Scopes = ["orders.read"],
                Keys = [JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(Key.ExportParameters(false))))],
            },
            new ServerClient("bound", "bound-secret") { Grants = ["client_credentials"], Scopes = ["orders.read"], RequiresDpop = true },
            new ServerClient("pushing", (string?)null) { Grants = ["authorization_code"], Scopes = Scopes, RedirectUris = ["http://127.0.0.1/*"], RequiresPushedRequests = true },
        ],
    };

    private EmbeddedFlow(EmbeddedServer server, EngineHost host)
    {
        Server = server;
        Host = host;
    }

    public EmbeddedServer Server { get; }

    public EngineHost Host { get; }

    public string Issuer => Server.Issuer;

    /// <summary>The key of the client 'robot'.</summary>
    public static string KeyPem => Key.ExportPkcs8PrivateKeyPem();

    public static async Task<EmbeddedFlow> StartAsync(
        Func<EmbeddedServerOptions, EmbeddedServerOptions>? change = null, TimeProvider? clock = null, AuthModule.Interaction.IBrowser? browser = null)
    {
        EmbeddedServerOptions options = Base with { Clock = clock ?? TimeProvider.System };
        EmbeddedServer server = await EmbeddedServer.StartAsync(change is null ? options : change(options), TestContext.Current.CancellationToken);
        return new EmbeddedFlow(server, new EngineHost(clock, browser));
    }

    public TokenRequest As(string client, params string[] scopes) => new()
    {
        Authority = Server.BaseAddress.AbsoluteUri,
        ClientId = client,
        Scopes = scopes,
        Client = client switch
        {
            "portal" => new ClientCredential { Secret = Secret.From(PortalSecret) },
            "bound" => new ClientCredential { Secret = Secret.From("bound-secret") },
            _ => new ClientCredential(),
        },
    };

    public static string[] Audience(AuthToken token) => [.. new JsonWebToken(token.ToPlainText()).Audiences];

    /// <summary>Has a person act once, when the terminal has shown what they need.</summary>
    public void WhenShown(Func<string, Task> act)
    {
        bool isDone = false;
        Host.Log.Reader = _ =>
        {
            if (!isDone)
            {
                isDone = true;
                Task.Run(() => act(string.Join('\n', Host.Log.Lines))).GetAwaiter().GetResult();
            }
        };
    }

    public static (Uri Address, string Code) ReadDevice(string shown) =>
        (new Uri(Regex.Match(shown, @"  address  (\S+)").Groups[1].Value), Regex.Match(shown, @"  code     (\S+)").Groups[1].Value);

    public async Task<(int Status, System.Text.Json.JsonElement Json)> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, string? proof = null)
    {
        using var http = new System.Net.Http.HttpClient();
        using var request = new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Post, Issuer + path)
        {
            Content = new System.Net.Http.FormUrlEncodedContent(fields.Select(static field => new KeyValuePair<string, string>(field.Name, field.Value))),
        };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        using System.Net.Http.HttpResponseMessage reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)reply.StatusCode, json.RootElement.Clone());
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
