using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

/// <summary>A running server and a plain HTTP client: nothing of the engine's own client side is used to test it.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private ServerFixture(EmbeddedServer server)
    {
        Server = server;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.BaseAddress };
    }

    /// <summary>Keys are shared: making them is what takes most of a start.</summary>
    public static EmbeddedServerOptions Options { get; } = new()
    {
        Keys = new IssuerKeys(),
        Users =
        [
            new ServerUser("alice", "wonder land+1") { Scopes = ["openid", "email", "orders.read", "orders.write"], Groups = ["admins", "sales"] },
            new ServerUser("bob", "builder") { Scopes = ["openid", "orders.read"], Groups = ["sales"] },
        ],
        Clients =
        [
            new ServerClient("nightly", "s3cret:+ %&ü") { Grants = ["client_credentials"], Scopes = ["orders.read", "orders.write"] },
            new ServerClient("portal", "portal-secret") { IsResourceServer = true, Scopes = ["openid", "email", "orders.read", "orders.write"] },
            new ServerClient("desktop", (string?)null)
            {
                Grants = ["authorization_code", "password", "refresh_token"],
                Scopes = ["openid", "orders.read"],
                RedirectUris = ["http://127.0.0.1/callback", "https://app.example/back?x=1"],
            },
            new ServerClient("basic-only", "basic-secret") { AuthenticationMethods = ["client_secret_basic"] },
        ],
    };

    public EmbeddedServer Server { get; }

    public HttpClient Http { get; }

    public static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public static async Task<ServerFixture> StartAsync(EmbeddedServerOptions? options = null) =>
        new(await EmbeddedServer.StartAsync(options ?? Options, Canceled));

    public static string Basic(string id, string secret) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"));

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, content: Form(fields));

    public Task<HttpResponseMessage> PostBasicAsync(string path, string id, string secret, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new AuthenticationHeaderValue("Basic", Basic(id, secret)), Form(fields));

    public Task<HttpResponseMessage> GetAsync(string path, string? bearer = null) =>
        SendAsync(HttpMethod.Get, path, bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer));

    public Task<HttpResponseMessage> SendJsonAsync(HttpMethod method, string path, string? json, string? bearer = null, params (string Name, string Value)[] headers) =>
        SendAsync(
            method,
            path,
            bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer),
            json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
            headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        AuthenticationHeaderValue? authorization = null,
        HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = authorization;
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Http.SendAsync(request, Canceled);
    }

    /// <summary>Signs alice in at the client 'portal'.</summary>
    public async Task<JsonElement> SignInAsync(string scope = "openid email orders.read") =>
        await (await PostBasicAsync(
            "/token",
            "portal",
            "portal-secret",
            ("grant_type", "password"),
            ("username", "alice"),
            ("password", "wonder land+1"),
            ("scope", scope))).JsonAsync(200);

    public async Task<bool> IsActiveAsync(string token) =>
        (await (await PostBasicAsync("/introspect", "portal", "portal-secret", ("token", token))).JsonAsync(200)).GetProperty("active").GetBoolean();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    private static FormUrlEncodedContent Form((string Name, string Value)[] fields) =>
        new(fields.Select(static field => new KeyValuePair<string, string>(field.Name, field.Value)));
}
