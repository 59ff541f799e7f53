using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Issuing;
using AuthModule.Requests;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Core.Tests.Grants;

/// <summary>The code flow at the server that comes with the command line.</summary>
public sealed class EmbeddedServerCodeTests
{
    // Making keys is what takes most of a start.
    private static readonly EmbeddedServerOptions Options = new()
    {
        Keys = new IssuerKeys(),
        AutoApproveAs = "alice",
        Users = [new ServerUser("alice", "wonder land+1") { Scopes = ["openid", "orders.read"] }],
        Clients =
        [
            new ServerClient("desktop", (string?)null)
            {
                Grants = ["authorization_code", "refresh_token"],
                Scopes = ["openid", "orders.read"],
                RedirectUris = ["http://127.0.0.1/callback"],
            },
        ],
    };

    [Fact]
    [Trait("Feature", "R5")]
    [Trait("Feature", "M8")]
    public async Task A_person_signs_in_renews_and_revokes()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);
        var host = new EngineHost(browser: browser);

        AuthToken token = await host.GetAsync(Request(server, "openid", "orders.read"));
        AuthToken renewed = await host.UpdateAsync();
        RevocationResult revoked = await host.RevokeAsync();

        Assert.Equal(("alice", "interactive"), (token.Subject, token.Session.Grant));
        Assert.Equal(["openid", "orders.read"], token.Scopes);
        Assert.NotEqual(token.ToPlainText(), renewed.ToPlainText());
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (revoked.AccessToken, revoked.RefreshToken));
        Assert.Contains("data-outcome=\"success\"", (await browser.LastPage).Page);
    }

    [Fact]
    [Trait("Feature", "M8")]
    public async Task What_the_client_may_not_ask_for_is_refused_before_a_browser_opens()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost(browser: browser).GetAsync(Request(server, "openid", "orders.write")));

        Assert.Equal(AuthErrorId.InvalidScope, error.Code);
        Assert.Null(browser.Opened);
    }

    private static TokenRequest Request(EmbeddedServer server, params string[] scopes) => new()
    {
        Authority = server.BaseAddress.AbsoluteUri,
        ClientId = "desktop",
        Scopes = scopes,
        Grant = GrantNames.Interactive,
        Input = new GrantInput { RedirectUri = "http://127.0.0.1/callback" },
    };
}
