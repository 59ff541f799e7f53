using System;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class ListeningTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.0.2.1:0")]
    [InlineData("http://example.com:0")]
    [InlineData("ftp://127.0.0.1:0")]
    public async Task It_refuses_to_be_reached_from_elsewhere(string address)
    {
        var refused = await Assert.ThrowsAsync<ConfigurationException>(
            () => EmbeddedServer.StartAsync(new EmbeddedServerOptions { Address = new Uri(address) }, ServerFixture.Canceled));
        Assert.Equal(AuthErrorId.InvalidUrl, refused.Code);
    }

    [Fact]
    public async Task Two_servers_live_in_one_process()
    {
        await using ServerFixture one = await ServerFixture.StartAsync();
        await using ServerFixture two = await ServerFixture.StartAsync();
        Assert.NotEqual(one.Server.BaseAddress, two.Server.BaseAddress);
        Assert.Equal(200, (int)(await one.GetAsync("/jwks")).StatusCode);
        Assert.Equal(200, (int)(await two.GetAsync("/jwks")).StatusCode);
    }

    [Fact]
    public async Task Demo_users_and_clients_have_new_passwords_at_every_start()
    {
        EmbeddedServerOptions one = EmbeddedServerOptions.Demo();
        EmbeddedServerOptions two = EmbeddedServerOptions.Demo();
        Assert.NotEqual(one.Users[0].Password.Reveal(), two.Users[0].Password.Reveal());
        Assert.NotEqual(one.Clients[0].Secret!.Reveal(), two.Clients[0].Secret!.Reveal());
        await using ServerFixture fixture = await ServerFixture.StartAsync(one);
        await (await fixture.PostBasicAsync("/token", one.Clients[0].Id, one.Clients[0].Secret!.Reveal(), ("grant_type", "client_credentials"))).JsonAsync(200);
    }

    [Fact]
    public async Task Https_uses_a_certificate_of_its_own_authority()
    {
        var options = ServerFixture.Options with { Address = new Uri("https://127.0.0.1:0") };
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(options, ServerFixture.Canceled);
        Assert.Equal("https", server.BaseAddress.Scheme);
        using HttpClient trusting = Trusting(server);
        Assert.Contains(server.Issuer, await trusting.GetStringAsync(new Uri(server.BaseAddress, "/.well-known/openid-configuration"), ServerFixture.Canceled), StringComparison.Ordinal);

        using var wary = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => wary.GetStringAsync(server.BaseAddress, ServerFixture.Canceled));
    }

    [Fact]
    public async Task A_client_certificate_can_be_required()
    {
        var options = ServerFixture.Options with { Address = new Uri("https://127.0.0.1:0"), RequireClientCertificate = true };
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(options, ServerFixture.Canceled);
        using HttpClient bare = Trusting(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => bare.GetStringAsync(new Uri(server.BaseAddress, "/jwks"), ServerFixture.Canceled));

        using X509Certificate2 certificate = server.Certificates.CreateClient("nightly");
        using HttpClient known = Trusting(server, certificate);
        await known.GetStringAsync(new Uri(server.BaseAddress, "/jwks"), ServerFixture.Canceled);
        Assert.Equal("CN=nightly", server.Requests[^1].ClientCertificate);
    }

    private static HttpClient Trusting(EmbeddedServer server, X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509Certificate2.CreateFromPem(server.Certificates.AuthorityPem) },
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new HttpClient(handler);
    }
}
