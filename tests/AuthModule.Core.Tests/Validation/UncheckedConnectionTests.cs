using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TokenTesting;

namespace AuthModule.Core.Tests.Validation;

public sealed class UncheckedConnectionTests
{
    [Fact]
    [Trait("Feature", "P9")]
    [Trait("Feature", "C6")]
    public async Task Keys_that_came_over_a_connection_that_was_not_checked_serve_no_call_that_wants_it_checked()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo() with { Address = new Uri("https://127.0.0.1:0") };
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(options, TestContext.Current.CancellationToken);
        ServerClient nightly = options.Clients.Single(client => client.Id == "nightly");
        var engine = new EngineHost();
        TransportSettings looksAway = TransportSettings.Default with { SkipCertificateCheck = true };
        AuthToken token = await engine.GetAsync(new TokenRequest
        {
            Authority = server.Issuer,
            ClientId = nightly.Id,
            Grant = "client_credentials",
            Client = new ClientCredential { Secret = nightly.Secret },
            Transport = looksAway,
        });
        Assert.True((await TestAsync(looksAway)).IsValid);
        var refused = await Assert.ThrowsAsync<AuthServiceException>(() => TestAsync(TransportSettings.Default));
        Assert.Equal(AuthErrorId.TlsFailure, refused.Code);

        Task<TokenTestResult> TestAsync(TransportSettings transport) => engine.Engine.Tester.TestAsync(
            new SessionTable(),
            new TokenTestRequest { Service = new TokenRequest { Authority = server.Issuer, Transport = transport } },
            token.ToPlainText(),
            engine.Log,
            TestContext.Current.CancellationToken).AsTask();
    }
}
