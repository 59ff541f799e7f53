using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Operations.ClientAuthentication;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Time;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>Token exchange, assertions, resources and details at the embedded server.</summary>
public sealed class ExchangeFlowTests
{
    [Fact]
    [Trait("Feature", "R8")]
    public async Task A_token_is_exchanged_for_one_of_another_API_that_says_who_acts()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { AutoApproveAs = "alice" }, new HurriedClock());
        AuthToken subject = await flow.Host.GetAsync(flow.As("desktop", "openid", "orders.read", "orders.write") with { Grant = GrantNames.DeviceCode });
        AuthToken actor = await flow.Host.GetAsync(flow.As("portal", "orders.read"));

        AuthToken token = await flow.Host.GetAsync(flow.As("portal", "orders.read") with
        {
            Resources = ["urn:stock"],
            Input = new GrantInput { SubjectToken = Secret.From(subject.ToPlainText()), ActorToken = Secret.From(actor.ToPlainText()), RequestedTokenType = "jwt" },
        });

        var claims = new JsonWebToken(token.ToPlainText());
        Assert.Equal(("alice", "portal"), (claims.Subject, claims.GetPayloadValue<string>("client_id")));
        Assert.Equal(["urn:stock"], claims.Audiences);
        Assert.Equal(["orders.read"], token.Scopes);
        Assert.Equal("portal", claims.GetPayloadValue<System.Text.Json.JsonElement>("act").GetProperty("sub").GetString());
        Assert.False(token.HasRefreshToken);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.ToPlainText());
        Assert.Equal(401, (int)(await http.GetAsync(flow.Issuer + "/api/orders", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [Trait("Feature", "R8")]
    [InlineData("no token", "access_token", "orders.read", AuthErrorId.InvalidRequest)]
    [InlineData(null, "saml2", "orders.read", AuthErrorId.InvalidRequest)]
    [InlineData(null, "access_token", "orders.write", AuthErrorId.InvalidScope)]
    public async Task What_may_not_be_exchanged_is_refused(string? subject, string type, string scope, string id)
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        subject ??= (await flow.Host.GetAsync(flow.As("portal", "orders.read"))).ToPlainText();
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(
            () => flow.Host.GetAsync(flow.As("portal", scope) with { Input = new GrantInput { SubjectToken = Secret.From(subject), SubjectTokenType = type } }));
        Assert.Equal(id, error.Code);
        Assert.DoesNotContain(subject, error.ToString());
    }

    [Theory]
    [Trait("Feature", "R9")]
    [InlineData("alice", "alice", true)]
    [InlineData("alice", "alice", false)]
    [InlineData("robot", "robot", true)]
    public async Task An_assertion_of_a_known_signer_gets_a_token(string subject, string expected, bool namesClient)
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        using var key = new TempFile(EmbeddedFlow.KeyPem);
        TokenRequest request = flow.As("robot", "orders.read") with
        {
            ClientId = namesClient ? "robot" : null,
            Client = namesClient ? new ClientCredential { KeyFile = key.Path } : new ClientCredential(),
            Input = new GrantInput { Assertion = Secret.From(PlatformAssertion.Write(key.Path, subject, flow.Issuer, issuer: "robot")) },
        };
        Assert.Equal(expected, (await flow.Host.GetAsync(request)).Subject);
    }

    [Theory]
    [Trait("Feature", "R9")]
    [InlineData("nobody", "robot", true)]
    [InlineData("alice", "portal", true)]
    [InlineData("alice", "robot", false)]
    public async Task Other_assertions_are_refused(string subject, string issuer, bool isForUs)
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        using var key = new TempFile(EmbeddedFlow.KeyPem);
        string assertion = PlatformAssertion.Write(key.Path, subject, isForUs ? flow.Issuer : "https://other.example", issuer);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(flow.As("robot", "orders.read") with
        {
            Client = new ClientCredential { KeyFile = key.Path },
            Input = new GrantInput { Assertion = Secret.From(assertion) },
        }));
        Assert.Equal("invalid_grant", error.OAuthError);
        Assert.DoesNotContain(assertion, error.ToString());
    }

    [Fact]
    [Trait("Feature", "R14")]
    public async Task A_token_is_for_the_resources_that_were_asked_for()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        AuthToken both = await flow.Host.GetAsync(flow.As("portal", "orders.read") with { Resources = ["urn:stock", flow.Issuer + "/api/orders"] });
        Assert.Equal(["urn:stock", flow.Issuer + "/api/orders"], EmbeddedFlow.Audience(both));
        Assert.Equal(["orders"], EmbeddedFlow.Audience(await flow.Host.GetAsync(flow.As("portal", "orders.read"))));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(flow.As("portal", "orders.read") with { Resources = ["urn:other"] }));
        Assert.Equal((AuthErrorId.InvalidRequest, "invalid_target"), (error.Code, error.OAuthError));
    }

    [Theory]
    [Trait("Feature", "R20")]
    [InlineData("""[{"type":"other"}]""")]
    [InlineData("""{"type":"order"}""")]
    [InlineData("[1]")]
    [InlineData("no json")]
    public async Task Details_that_the_server_does_not_know_are_refused(string details)
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(flow.As("portal") with
        {
            Parameters = new Dictionary<string, string> { ["authorization_details"] = details },
        }));
        Assert.Equal("invalid_authorization_details", error.OAuthError);
    }
}
