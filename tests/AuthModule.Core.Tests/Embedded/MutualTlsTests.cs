using System;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.TestKit.Files;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>Clients that prove themselves in TLS at the embedded server (RFC 8705).</summary>
public sealed class MutualTlsTests
{
    [Fact]
    [Trait("Feature", "R4")]
    public async Task A_client_proves_itself_by_its_certificate_and_its_token_is_bound_to_it()
    {
        await using EmbeddedFlow flow = await StartAsync();
        using var authority = new TempFile(flow.Server.Certificates.AuthorityPem);
        using X509Certificate2 certificate = flow.Server.Certificates.CreateClient("demo");
        TokenRequest request = Request(flow, certificate, authority);

        AuthToken token = await flow.Host.GetAsync(request);

        string bound = new JsonWebToken(token.ToPlainText()).GetPayloadValue<System.Text.Json.JsonElement>("cnf").GetProperty("x5t#S256").GetString()!;
        Assert.Equal(Base64Url.Encode(SHA256.HashData(certificate.RawData)), bound);
        Assert.Equal(200, await CallAsync(flow, token, certificate));
        Assert.Equal(401, await CallAsync(flow, token, null));
        using X509Certificate2 another = flow.Server.Certificates.CreateClient("demo");
        Assert.Equal(401, await CallAsync(flow, token, another));
    }

    [Theory]
    [Trait("Feature", "R4")]
    [InlineData("another name")]
    [InlineData("another authority")]
    [InlineData("none")]
    public async Task Other_certificates_are_InvalidClient_and_none_is_MissingParameter(string which)
    {
        await using EmbeddedFlow flow = await StartAsync();
        using var foreign = new ServerCertificates();
        using var authority = new TempFile(flow.Server.Certificates.AuthorityPem);
        using X509Certificate2? certificate = which switch
        {
            "another name" => flow.Server.Certificates.CreateClient("other"),
            "another authority" => foreign.CreateClient("demo"),
            _ => null,
        };
        TokenRequest request = Request(flow, certificate, authority);
        if (certificate is null)
        {
            request = request with { Grant = "client_credentials" };
        }

        // That none was given is another cause than that it was the wrong one.
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(request));

        Assert.Equal(certificate is null ? AuthErrorId.MissingParameter : AuthErrorId.InvalidClient, error.Code);
    }

    private static Task<EmbeddedFlow> StartAsync() => EmbeddedFlow.StartAsync(options => options with
    {
        Address = new Uri("https://127.0.0.1:0"),
        Clients = [EmbeddedServerOptions.WithCertificate],
    });

    private static TokenRequest Request(EmbeddedFlow flow, X509Certificate2? certificate, TempFile authority) => flow.As("machine", "orders.read") with
    {
        Client = new ClientCredential { Certificate = certificate },
        Transport = new TransportSettings { CaCertificate = authority.Path },
    };

    private static async Task<int> CallAsync(EmbeddedFlow flow, AuthToken token, X509Certificate2? certificate)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        if (certificate is not null)
        {
            handler.ClientCertificates.Add(certificate);
        }

        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.ToPlainText());
        return (int)(await http.GetAsync(new Uri(flow.Issuer + "/api/orders"), TestContext.Current.CancellationToken)).StatusCode;
    }
}
