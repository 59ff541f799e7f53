using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Faults;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Certificates;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Http;

public sealed class TransportRuleTests
{
    private const string Reply = """{"access_token":"a1","token_type":"Bearer","expires_in":3600}""";

    [Fact]
    [Trait("Feature", "P9")]
    public async Task Nothing_older_than_TLS_1_2_is_offered()
    {
        (string address, Task<IReadOnlyList<int>> versions) = await ClientHello.ListenAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Client(address)));

        Assert.All(await versions, static version => Assert.InRange(version & 0x0F0F, 0x0303, 0x0F09));
        Assert.Contains(0x0303, await versions);
    }

    [Fact]
    [Trait("Feature", "P9")]
    public async Task A_certificate_that_only_the_given_authority_knows_is_good_with_it_and_refused_without()
    {
        await using var server = new FaultServer(usesTls: true);

        AuthToken token = await new EngineHost().GetAsync(Client(server.Origin) with { Transport = TransportSettings.Default with { CaCertificate = FaultyCertificates.AuthorityFile } });
        var refused = await Assert.ThrowsAsync<AuthServiceException>(() => new EngineHost().GetAsync(Client(server.Origin)));

        Assert.StartsWith("at-", token.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(AuthErrorId.TlsFailure, refused.Code);
        Assert.Contains("authority is not trusted", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "P9")]
    public async Task A_break_after_the_server_asked_for_a_client_certificate_says_so()
    {
        await using var bench = new FaultBench(usesTls: true);
        await bench.BreakAsync(new Fault("client certificate") { UsesTls = true, WantsClientCertificate = true });

        var refused = await Assert.ThrowsAsync<AuthServiceException>(() => bench.Host.GetAsync(bench.Confidential));

        Assert.Contains("client certificate", refused.Message + refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "P2")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://10.0.0.1")]
    public async Task What_only_looks_like_this_machine_gets_no_cleartext(string authority)
    {
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => new EngineHost().GetAsync(Client(authority)));
        Assert.Equal(AuthErrorId.InsecureUrl, refused.Code);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://127.8.9.1", true)]
    [InlineData("http://[::1]:5000", true)]
    [InlineData("http://LOCALHOST", true)]
    [InlineData("http://2130706433", true)]
    [InlineData("http://192.168.0.1", false)]
    public void This_machine_is_its_loopback_addresses_and_localhost(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, AddressPolicy.IsLocal(new Uri(address)));

    [Fact]
    public void This_machine_is_reached_without_a_proxy_of_the_environment_and_others_by_it()
    {
        using var local = (SocketsHttpHandler)ConnectionFactory.Create(TransportSettings.Default, isLocal: true).Handler;
        using var remote = (SocketsHttpHandler)ConnectionFactory.Create(TransportSettings.Default, isLocal: false).Handler;
        using var named = (SocketsHttpHandler)ConnectionFactory.Create(TransportSettings.Default with { Proxy = new Uri("http://proxy.example:8080") }, isLocal: false).Handler;

        Assert.False(local.UseProxy);
        Assert.Equal((true, null), (remote.UseProxy, remote.Proxy));
        Assert.Equal(new Uri("http://proxy.example:8080"), Assert.IsType<WebProxy>(named.Proxy).Address);
    }

    [Fact]
    [Trait("Feature", "P2")]
    public async Task What_goes_to_this_machine_in_clear_text_is_shown_to_no_proxy_elsewhere()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);

        AuthToken token = await new EngineHost().GetAsync(Client(server.Address) with { Transport = TransportSettings.Default with { Proxy = new Uri("http://proxy.invalid:8080") } });

        Assert.Equal("a1", token.ToPlainText());
    }

    [Theory]
    [Trait("Feature", "P2")]
    [InlineData("http://127.0.0.1:5000", "http://192.0.2.2:8080", false)]
    [InlineData("https://localhost", "http://proxy.example:8080", false)]
    [InlineData("http://169.254.169.254", "http://proxy.example:8080", false)]
    [InlineData("http://169.254.169.254", "http://169.254.1.1:8080", false)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:8080", true)]
    [InlineData("http://169.254.169.254", "http://localhost:8080", true)]
    [InlineData("https://id.example.com", "http://proxy.example:8080", true)]
    public void Addresses_of_this_machine_take_a_given_proxy_only_where_it_is_on_this_machine_too(string address, string proxy, bool isTaken)
    {
        var transport = new TransportSettings { Proxy = new Uri(proxy) };
        using var handler = (SocketsHttpHandler)ConnectionFactory.Create(transport, AddressPolicy.IsLocal(new Uri(address))).Handler;

        Assert.Equal((isTaken, isTaken), (handler.UseProxy, handler.Proxy is not null));
        Assert.Equal(isTaken ? transport.Proxy : null, ProxyChoice.For(transport, new Uri(address)));
    }

    [Fact]
    [Trait("Feature", "P12")]
    public void Connections_follow_no_redirect_keep_no_cookie_unpack_nothing_and_pass_no_trace_on()
    {
        using var handler = (SocketsHttpHandler)ConnectionFactory.Create(TransportSettings.Default, isLocal: false).Handler;

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.Null(handler.Credentials);
        Assert.Null(handler.DefaultProxyCredentials);
        Assert.False(handler.PreAuthenticate);
    }

    [Theory]
    [Trait("Feature", "P10")]
    [InlineData("key\r\nX-Evil: 1")]
    [InlineData("key\nX-Evil: 1")]
    [InlineData("key\0")]
    public async Task An_API_key_with_a_line_break_is_not_sent(string key)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/api/v1/api-keys", """{"api_keys":[]}""");
        var host = new EngineHost();
        await host.GetAsync(new TokenRequest { Provider = "pynomaly", Authority = server.Address, Grant = "api_key", Input = new GrantInput { ApiKey = Secret.From(key) } });

        var refused = await Assert.ThrowsAnyAsync<AuthException>(() => host.Engine.ApiKeys.ListAsync(host.Table.Current!, host.Log, TestContext.Current.CancellationToken));

        Assert.Equal(AuthErrorId.InvalidRequest, refused.Code);
        Assert.DoesNotContain("Evil", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("X-Evil: 1\r\nX")]
    [InlineData("")]
    [InlineData("X Y")]
    [InlineData("X\u00e9")]
    public void A_header_name_that_is_none_is_refused(string name)
    {
        var request = new WireRequest("request", "https://id.example.com", HttpMethod.Get, new Uri("https://id.example.com"));
        Assert.Equal(AuthErrorId.InvalidRequest, Assert.ThrowsAny<AuthException>(() => request.SetHeader(name, "1")).Code);
    }

    [Theory]
    [Trait("Feature", "P7")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1","expires_in":60}""")]
    [InlineData("""{"access_token":"a\u0000","expires_in":60}""")]
    [InlineData("""{"access_token":"\u00fc","expires_in":60}""")]
    [InlineData("""{"access_token":"a","token_type":"Bearer x\r\nX-Evil: 1 ","expires_in":60}""")]
    public async Task A_token_that_would_write_headers_of_its_own_is_no_token(string reply)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", reply);
        var refused = await Assert.ThrowsAsync<AuthServiceException>(() => new EngineHost().GetAsync(Client(server.Address)));
        Assert.Equal(AuthErrorId.MalformedResponse, refused.Code);
    }

    [Theory]
    [InlineData("a\r\nHost: evil.example")]
    [InlineData("a\u0000")]
    public async Task A_parameter_with_a_control_character_reaches_no_address(string realm)
    {
        var refused = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(
            Client("https://id.example.com") with { Provider = "keycloak", TokenEndpoint = null, Parameters = new Dictionary<string, string> { ["realm"] = realm } }));
        Assert.Equal(AuthErrorId.InvalidRequest, refused.Code);
    }

    [Fact]
    public async Task A_page_for_people_does_not_confirm_a_revocation()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply).On("POST", "/revoke", _ => new ScriptedReply("<!doctype html><title>Sign in</title>", 200, "text/html"));
        server.On("GET", "/.well-known/openid-configuration", $$"""{"issuer":"{{server.Address}}","token_endpoint":"{{server.Address}}/token","revocation_endpoint":"{{server.Address}}/revoke"}""");
        var host = new EngineHost();
        await host.GetAsync(Client(server.Address) with { Provider = "oidc", TokenEndpoint = null });

        RevocationResult result = await host.RevokeAsync();

        Assert.Equal((RevocationOutcome.Failed, AuthErrorId.MalformedResponse, true), (result.AccessToken, result.Failure!.Code, result.LocalCleared));
    }

    private static TokenRequest Client(string address) => new()
    {
        Provider = "oauth2",
        Authority = address,
        TokenEndpoint = address + "/token",
        ClientId = "c1",
        Client = new ClientCredential { Secret = Secret.From("s3cret-value") },
        Transport = TransportSettings.Default with { MaximumRetryCount = 0 },
    };
}
