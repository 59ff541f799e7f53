using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Grants;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Stores;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Extensions;

/// <summary>A grant, a client authentication method, a store and a check are one class and one line each, and need no change elsewhere.</summary>
[Collection(ExtensionCollection.Name)]
public sealed class ExtensionTests
{
    private const string Description = """
        {
          "name": "voucher-shop", "title": "Voucher shop",
          "endpoints": { "token": "{authority}/token" },
          "grants": { "urn:example:voucher": {} }
        }
        """;

    private static readonly CountingStore Counting = new(TimeProvider.System);

    static ExtensionTests()
    {
        GrantRegistry.Add(new VoucherGrant());
        ClientAuthenticationMethods.Add(new HeaderAuthentication());
        StoreCatalog.Add("counting", (_, _) => Counting);
        ValidationChecks.Add(new BannedCheck());
    }

    [Fact]
    [Trait("Feature", "A2")]
    public async Task A_grant_a_client_authentication_and_a_store_from_outside_sign_in_and_keep_the_token()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"a1","token_type":"Bearer","expires_in":60}""");
        var host = new EngineHost();
        using var file = new TempFile(Description);
        host.Engine.Providers.Register(file.Path);
        host.Variables[StoreCatalog.KeyVariable] = Convert.ToBase64String(new byte[32]);
        var request = new TokenRequest
        {
            Provider = "voucher-shop",
            Authority = server.Address,
            ClientId = "c1",
            Grant = "urn:example:voucher",
            Client = new ClientCredential { Secret = Secret.From("s3cret"), Method = "Header" },
            Input = new GrantInput { Assertion = Secret.From("voucher-1") },
            Store = "counting:anywhere",
        };

        AuthToken token = await host.GetAsync(request);

        Assert.Equal("a1", token.ToPlainText());
        Assert.Equal("urn:example:voucher", token.Session.Grant);
        ReceivedRequest sent = server.Requests.Single();
        Assert.Contains("voucher=voucher-1", sent.Body, StringComparison.Ordinal);
        Assert.Equal("s3cret", sent.Header("X-Client-Secret"));
        Assert.True(Counting.Calls > 2);

        // Another process, or here another table, finds it in the store.
        AuthToken again = await new EngineHostSharing(host).GetAsync(request);
        Assert.Equal("a1", again.ToPlainText());
        Assert.Single(server.Requests);
        Assert.DoesNotContain("s3cret", string.Join('\n', host.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "A2")]
    public async Task A_check_from_outside_is_asked_after_the_others()
    {
        var clock = new ManualTimeProvider();
        TokenTestResult good = await TestIssuer.TestAsync(TestIssuer.Shared.Token(clock), TestIssuer.Shared.Rules(clock));
        Assert.True(good.IsValid);
        TokenTestResult bad = await TestIssuer.TestAsync(TestIssuer.Shared.Token(clock, (_, claims) => claims["banned"] = "for life"), TestIssuer.Shared.Rules(clock));
        Assert.Equal(AuthErrorId.ClaimMismatch, bad.Failure);
        Assert.Equal("Banned", bad.Checks.Last().Name);
    }

    private sealed class EngineHostSharing(EngineHost host)
    {
        private readonly AuthModule.Sessions.SessionTable table = new();

        public async Task<AuthToken> GetAsync(TokenRequest request) =>
            await host.Engine.GetTokenAsync(table, host.Engine.Open(table, request), AuthModule.Sessions.TokenRequirement.Default, host.Log, TestContext.Current.CancellationToken);
    }
}
