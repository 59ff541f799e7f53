using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Grants;

public sealed class ManagedIdentityTests
{
    private const string Resource = "https://management.azure.com/";

    private readonly EngineHost host = new();

    private static string Reply => $$"""{"access_token":"a1","expires_on":"{{DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds()}}","resource":"{{Resource}}","token_type":"Bearer","client_id":"c1"}""";

    [Fact]
    [Trait("Feature", "R19")]
    public async Task An_app_asks_the_address_of_its_platform_with_its_header()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/msi/token", Reply);
        host.Variables["IDENTITY_ENDPOINT"] = server.Address + "/msi/token";
        host.Variables["IDENTITY_HEADER"] = "header-canary";

        AuthToken token = await host.GetAsync(new TokenRequest { Provider = "azure-managed-identity-app", Resources = [Resource] });

        ReceivedRequest sent = server.Requests.Single();
        Assert.Equal("?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com%2F", sent.Query);
        Assert.Equal("header-canary", sent.Header("X-IDENTITY-HEADER"));
        Assert.Empty(sent.Body);
        Assert.InRange(token.ExpiresIn, TimeSpan.FromHours(7.9), TimeSpan.FromHours(8));
        Assert.Equal("managed_identity", token.Session.Grant);
        Assert.DoesNotContain("canary", string.Join('\n', host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R19")]
    public async Task A_machine_asks_for_a_user_assigned_identity_and_takes_scopes_of_the_other_style()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/metadata/identity/oauth2/token", Reply);

        AuthToken token = await host.GetAsync(new TokenRequest
        {
            Provider = "azure-managed-identity-vm",
            Authority = server.Address,
            ClientId = "c1",
            Scopes = ["https://vault.azure.net/.default"],
        });

        ReceivedRequest sent = server.Requests.Single();
        Assert.Equal("?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=c1", sent.Query);
        Assert.Equal("true", sent.Header("Metadata"));
        Assert.Equal(["https://vault.azure.net/.default"], token.Scopes);
    }

    [Fact]
    [Trait("Feature", "R19")]
    public async Task Elsewhere_the_missing_variable_is_named()
    {
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
            () => host.GetAsync(new TokenRequest { Provider = "azure-managed-identity-app", Resources = [Resource] }));
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Contains("identityEndpoint", error.Message);
    }

    [Fact]
    [Trait("Feature", "R19")]
    public async Task Without_a_resource_nothing_is_sent()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
            () => host.GetAsync(new TokenRequest { Provider = "azure-managed-identity-vm", Authority = server.Address }));
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Contains("-Resource", error.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [Trait("Feature", "R19")]
    [Trait("Feature", "P2")]
    [InlineData("http://169.254.169.254/x", true, true)]
    [InlineData("http://169.254.169.254/x", false, false)]
    [InlineData("http://[fe80::1]/x", true, true)]
    [InlineData("http://169.255.0.1/x", true, false)]
    [InlineData("http://metadata.example/x", true, false)]
    [InlineData("http://169.254.169.254.evil.example/x", true, false)]
    public void Cleartext_is_for_link_local_addresses_of_services_that_are_described_as_there(string address, bool isDescribed, bool isAllowed)
    {
        var transport = new TransportSettings { AllowLinkLocalHttp = isDescribed };
        AuthException? refused = null;
        try
        {
            AddressPolicy.RequireProtected(new Uri(address), "service", transport);
        }
        catch (AuthException error)
        {
            refused = error;
        }

        Assert.Equal(isAllowed ? null : AuthErrorId.InsecureUrl, refused?.Code);
    }

    [Fact]
    [Trait("Feature", "R19")]
    public void Only_the_cloud_machines_descriptions_allow_that() => Assert.Equal(
        ["azure-managed-identity-app", "azure-managed-identity-vm"],
        host.Engine.Providers.All.Where(provider => provider.Description.AllowsLinkLocalHttp).Select(provider => provider.Name));
}
