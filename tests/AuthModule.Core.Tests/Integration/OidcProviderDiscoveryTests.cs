using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Discovery;
using AuthModule.Http;

namespace AuthModule.Core.Tests.Integration;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderDiscoveryTests(OidcProviderServer server)
{
    private readonly EngineHost host = new();

    [Fact]
    [Trait("Feature", "R1")]
    public async Task Every_endpoint_is_found_by_the_issuers_address_alone()
    {
        ServerMetadata metadata = await MetadataAsync(server.Issuer);

        Assert.Equal(server.Issuer, metadata.Issuer);
        Assert.Equal($"{server.Issuer}/token", metadata.Endpoints["token"].ToString());
        Assert.Equal($"{server.Issuer}/jwks", metadata.Endpoints["jwks"].ToString());
        Assert.Equal($"{server.Issuer}/token/revocation", metadata.Endpoints["revocation"].ToString());
        Assert.Equal($"{server.Issuer}/token/introspection", metadata.Endpoints["introspection"].ToString());
        Assert.Contains("client_secret_basic", metadata.List("token_endpoint_auth_methods_supported")!);
    }

    [Fact]
    [Trait("Feature", "R1")]
    public async Task Metadata_is_read_once_however_many_ask_at_the_same_time()
    {
        int before = await server.CountAsync("/.well-known/openid-configuration");

        ServerMetadata[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MetadataAsync(server.Issuer)));

        Assert.Single(all.Distinct());
        Assert.Equal(before + 1, await server.CountAsync("/.well-known/openid-configuration"));
    }

    [Fact]
    [Trait("Feature", "R1")]
    public async Task A_server_that_names_another_issuer_than_was_asked_for_gets_no_credential()
    {
        int before = await server.CountAsync("/token");

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(
            () => host.GetAsync(server.As("ccBasic") with { Authority = server.Issuer.Replace("127.0.0.1", "localhost") }));

        Assert.Equal(AuthErrorId.DiscoveryFailed, error.Code);
        Assert.Equal(before, await server.CountAsync("/token"));
    }

    private Task<ServerMetadata> MetadataAsync(string authority) => host.Engine.Metadata.GetAsync(
        new MetadataQuery { Authority = authority, Service = authority },
        TransportSettings.Default,
        host.Log,
        TestContext.Current.CancellationToken).AsTask();
}
