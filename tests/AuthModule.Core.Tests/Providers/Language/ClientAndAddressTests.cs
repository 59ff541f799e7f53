using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>Clients, addresses and servers as they are.</summary>
public sealed class ClientAndAddressTests
{
    private const string Id = "sb-app!t42|x!b7";
    private const string PlainSecret = "Ab+c/d==";

    private static TokenRequest OAuth2(string endpoint, string? method = null, string id = Id, string secret = PlainSecret) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = endpoint,
        ClientId = id,
        Client = new ClientCredential { Secret = Secret.From(secret), Method = method },
    };

    [Fact]
    [Trait("Feature", "S9")]
    public async Task A_server_that_does_not_decode_basic_is_told_of_and_BasicPlain_works()
    {
        string plain = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Id}:{PlainSecret}"));
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", sent => sent.Header("Authorization") == plain
            ? new ScriptedReply("""{"access_token":"t"}""")
            : new ScriptedReply("""{"error":"invalid_client"}""", 401));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(OAuth2(server.Address + "/token")));
        Assert.Equal(AuthErrorId.InvalidClient, error.Code);
        Assert.Contains("BasicPlain", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("t", (await new EngineHost().GetAsync(OAuth2(server.Address + "/token", "BasicPlain"))).ToPlainText());
        AuthException other = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(OAuth2(server.Address + "/token", id: "plain", secret: "plain-secret")));
        Assert.DoesNotContain("BasicPlain", other.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S9")]
    public async Task A_password_needs_no_client_where_nothing_names_one()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"t"}""");
        await new EngineHost().GetAsync(new TokenRequest { Provider = "oauth2", TokenEndpoint = server.Address + "/token", Input = new GrantInput { UserName = "ann", Password = Secret.From("pass") } });
        Assert.Equal("grant_type=password&username=ann&password=pass", server.Requests.Single().Body);
    }

    [Theory]
    [Trait("Feature", "S9")]
    [InlineData("s3cret-s3cret\n", "ends")]
    [InlineData("s3cret-s3cret\r\n", "ends")]
    [InlineData("\ns3cret-s3cret", "begins")]
    public async Task A_secret_with_a_line_break_at_an_end_is_refused_with_that_reason(string secret, string word)
    {
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(OAuth2("https://127.0.0.1:9/token", secret: secret)));
        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.Contains($"{word} with a line break", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S10")]
    [InlineData("/o/token/", "", "/o/token/")]
    [InlineData("/token", "?p=policy1", "/token")]
    [InlineData("/a//token/", "?p=1&q=%2F", "/a//token/")]
    public async Task An_endpoint_is_asked_as_it_is_written(string path, string query, string asked)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", asked, """{"access_token":"t"}""");
        await new EngineHost().GetAsync(OAuth2(server.Address + path + query));
        Assert.Equal((asked, query), (server.Requests.Single().Path, server.Requests.Single().Query));
    }

    [Theory]
    [Trait("Feature", "S10")]
    [InlineData("https://h.example/.well-known/openid-configuration", "https://h.example")]
    [InlineData("https://h.example/t/.well-known/openid-configuration", "https://h.example/t")]
    [InlineData("https://h.example/.well-known/oauth-authorization-server/t", "https://h.example/t")]
    [InlineData("h.example/realms/r/protocol/openid-connect/token", "https://h.example/realms/r")]
    [InlineData("https://h.example/oauth2/token", "https://h.example")]
    public void A_pasted_address_is_taken_as_the_authority_behind_it(string typed, string authority)
    {
        var engine = new EngineHost();
        Assert.Equal(authority, engine.Engine.Resolve(new TokenRequest { Authority = typed }).Service.Authority);
    }

    [Theory]
    [Trait("Feature", "S10")]
    [InlineData("/x/.well-known/openid-configuration/", true)]
    [InlineData("https://other.example/x/.well-known/openid-configuration", false)]
    public async Task Discovery_follows_a_redirect_within_its_own_origin_only(string target, bool isFollowed)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/x/.well-known/openid-configuration", _ => new ScriptedReply("", 301) { Headers = [("Location", target)] })
            .On("GET", "/x/.well-known/openid-configuration/", $$"""{"issuer":"{{server.Address}}/x","token_endpoint":"{{server.Address}}/x/token"}""")
            .On("POST", "/x/token", """{"access_token":"t"}""");
        Task<AuthToken> got = new EngineHost().GetAsync(new TokenRequest { Authority = server.Address + "/x", ClientId = "c", Client = new ClientCredential { Secret = Secret.From("s3cret") } });
        if (isFollowed)
        {
            Assert.Equal("t", (await got).ToPlainText());
        }
        else
        {
            Assert.Equal(AuthErrorId.RedirectRefused, (await Assert.ThrowsAnyAsync<AuthException>(() => got)).Code);
        }
    }

    [Fact]
    [Trait("Feature", "S10")]
    public async Task Redirects_in_a_circle_end_after_three()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/.well-known/openid-configuration", _ => new ScriptedReply("", 302) { Headers = [("Location", "/.well-known/openid-configuration")] });
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(new TokenRequest { Authority = server.Address, ClientId = "c" }));
        Assert.Equal((AuthErrorId.RedirectRefused, 4), (error.Code, server.Requests.Count));
    }

    [Fact]
    [Trait("Feature", "S10")]
    public async Task An_issuer_can_be_named()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", $$"""{"issuer":"https://login.example","token_endpoint":"{{server.Address}}/token"}""").On("POST", "/token", """{"access_token":"t"}""");
        var request = new TokenRequest { Authority = server.Address, ClientId = "c", Client = new ClientCredential { Secret = Secret.From("s3cret") } };
        Assert.Equal("t", (await new EngineHost().GetAsync(request.With(("issuer", "https://login.example")))).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task The_audience_of_a_client_assertion_can_be_chosen()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"t"}""");
        await new EngineHost().GetAsync(OAuth2(server.Address + "/token", "SecretJwt").With(("assertionAudience", "https://aud.example/token")));
        string assertion = AuthModule.Text.FormText.Read(server.Requests.Single().Body).Single(field => field.Key == "client_assertion").Value;
        Assert.Equal("https://aud.example/token", AuthModule.Jose.Tokens.JwtDecoder.TryDecode(assertion, out _)!.Claims["aud"]);
        Assert.DoesNotContain("assertionAudience", server.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S9")]
    public async Task Cognito_gets_id_and_secret_as_they_are()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/oauth2/token", """{"access_token":"t","expires_in":3600}""");
        await new EngineHost().GetAsync(new TokenRequest { Provider = "cognito", ClientId = "c1", Client = new ClientCredential { Secret = Secret.From(PlainSecret) } }.With(("domain", server.Address)));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("c1:" + PlainSecret)), server.Requests.Single().Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S14")]
    public async Task Accounts_of_one_service_differ_by_a_parameter_and_never_mix()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/token", sent => new ScriptedReply($$"""{"access_token":"token-of-{{sent.Body.Split("tenant=")[1]}}","home":"home-of-{{sent.Body.Split("tenant=")[1]}}"}""") { Headers = [("Set-Cookie", $"t={sent.Body.Split("tenant=")[1]}")] });
        EngineHost engine = Described.By("""
            "cookies": true, "parameters": { "tenant": { "required": true } }, "endpoints": { "token": "{authority}/token" },
            "grants": { "client_credentials": { "fields": { "tenant": "{tenant}" } } },
            "reply": { "keep": { "home": "home" } }
            """);
        string[] tenants = ["a", "b", "c"];
        foreach (string tenant in tenants)
        {
            await engine.GetAsync(Described.Client(server.Address).With(("tenant", tenant)));
        }

        foreach (string tenant in tenants)
        {
            AuthToken token = await engine.GetAsync(new TokenRequest { Provider = Described.Name, Authority = server.Address }.With(("tenant", tenant)));
            Assert.Equal(("token-of-" + tenant, "home-of-" + tenant, "t=" + tenant), (token.ToPlainText(), (string)token.Properties["home"], token.ToHeader()["Cookie"]));
        }

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [Trait("Feature", "N3")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: {0}\r\n\r\n{1}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {0}\r\n\r\n{1}")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{1}")]
    public async Task Two_hundred_renewals_at_a_server_that_closes_behind_each_answer_break_no_connection(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        Task serving = ServeAsync(listener, answer, stop.Token);
        var engine = new EngineHost();
        TokenRequest request = OAuth2($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/token") with
        {
            Transport = TransportSettings.Default with { MaximumRetryCount = 0 },
            Client = new ClientCredential(),
            Input = new GrantInput { RefreshToken = Secret.From("r-0") },
        };
        AuthToken token = await engine.GetAsync(request);
        for (int i = 0; i < 200; i++)
        {
            token = await engine.UpdateAsync();
        }

        Assert.Equal("t-201", token.ToPlainText());
        Assert.Null(token.Tokens.InDoubtSince);
        await stop.CancelAsync();
        listener.Stop();
        await serving;
    }

    // The answer goes out, and the connection is closed without a word about it.
    private static async Task ServeAsync(TcpListener listener, string answer, CancellationToken cancellationToken)
    {
        int served = 0;
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(cancellationToken);
                using NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[8192];
                string head = string.Empty;
                while (!head.Contains("\r\n\r\n", StringComparison.Ordinal) || !head.Contains("refresh_token=", StringComparison.Ordinal))
                {
                    int read = await stream.ReadAsync(buffer, cancellationToken);
                    if (read == 0)
                    {
                        break;
                    }

                    head += Encoding.ASCII.GetString(buffer, 0, read);
                }

                served++;
                string body = $$"""{"access_token":"t-{{served}}","refresh_token":"r-{{served}}","expires_in":60}""";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Replace("{0}", body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{1}", body, StringComparison.Ordinal)), cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }
}
