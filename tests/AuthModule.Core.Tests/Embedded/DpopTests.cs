using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Jose.Dpop;
using AuthModule.Requests;
using AuthModule.Rest;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>Tokens bound to a key at the embedded server (RFC 9449).</summary>
public sealed class DpopTests
{
    [Theory]
    [Trait("Feature", "R13")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_has_one_key_and_the_API_takes_its_tokens(bool withNonce)
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { RequireDpopNonce = withNonce });
        AuthToken first = await flow.Host.GetAsync(flow.As("bound", "orders.read") with { UseDpop = true });
        AuthToken second = await flow.Host.UpdateAsync();

        Assert.Equal("DPoP", first.TokenType);
        Assert.Equal(Thumbprint(first), Thumbprint(second));
        using RestReply reply = await flow.Host.Engine.Rest.SendAsync(
            second.Session, new RestRequest(new Uri(flow.Issuer + "/api/orders")), TransportSettings.Default, flow.Host.Log, TestContext.Current.CancellationToken);
        using var body = new StreamReader(await reply.OpenBodyAsync(TestContext.Current.CancellationToken));
        Assert.Contains("\"for\":\"bound\"", await body.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(withNonce, flow.Server.CountOf("/token") == 3);
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task A_client_that_must_bind_its_tokens_is_refused_without_a_key()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(flow.As("bound", "orders.read")));
        Assert.Equal("invalid_dpop_proof", error.OAuthError);
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task A_proof_is_good_for_one_request_only()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        var key = DpopKey.Create();
        var token = new Uri(flow.Issuer + "/token");
        DateTimeOffset now = DateTimeOffset.UtcNow;
        async Task<string?> UseAsync(string proof)
        {
            (int status, JsonElement json) = await flow.PostAsync(
                "/token", [("grant_type", "client_credentials"), ("client_id", "portal"), ("client_secret", EmbeddedFlow.PortalSecret)], proof);
            return status == 200 ? json.GetProperty("token_type").GetString() : json.GetProperty("error").GetString();
        }

        string good = key.Prove("POST", token, null, null, now);
        Assert.Equal("DPoP", await UseAsync(good));
        Assert.Equal("invalid_dpop_proof", await UseAsync(good));
        Assert.Equal("invalid_dpop_proof", await UseAsync(key.Prove("GET", token, null, null, now)));
        Assert.Equal("invalid_dpop_proof", await UseAsync(key.Prove("POST", new Uri(flow.Issuer + "/par"), null, null, now)));
        Assert.Equal("invalid_dpop_proof", await UseAsync(key.Prove("POST", token, null, null, now.AddMinutes(-6))));
        Assert.Equal("invalid_dpop_proof", await UseAsync(key.Prove("POST", token, null, null, now.AddMinutes(6))));
        Assert.Equal("invalid_dpop_proof", await UseAsync("no.jwt.atall"));
        string[] parts = key.Prove("POST", token, null, null, now).Split('.');
        string[] others = key.Prove("POST", token, null, null, now).Split('.');
        Assert.Equal("invalid_dpop_proof", await UseAsync($"{parts[0]}.{parts[1]}.{others[2]}"));
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task The_API_takes_a_bound_token_with_its_own_proof_only()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        var key = DpopKey.Create();
        var api = new Uri(flow.Issuer + "/api/orders");
        string token = (await flow.PostAsync(
            "/token",
            [("grant_type", "client_credentials"), ("client_id", "portal"), ("client_secret", EmbeddedFlow.PortalSecret)],
            key.Prove("POST", new Uri(flow.Issuer + "/token"), null, null, DateTimeOffset.UtcNow))).Json.GetProperty("access_token").GetString()!;
        string unbound = (await flow.Host.GetAsync(flow.As("portal"))).ToPlainText();
        using var http = new HttpClient();
        async Task<(int, string)> CallAsync(string scheme, string credential, string? proof)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, api);
            request.Headers.Authorization = new(scheme, credential);
            if (proof is not null)
            {
                request.Headers.Add("DPoP", proof);
            }

            using HttpResponseMessage reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return ((int)reply.StatusCode, reply.Headers.WwwAuthenticate.ToString());
        }

        string Prove(DpopKey with, string? forToken) => with.Prove("GET", api, null, forToken, DateTimeOffset.UtcNow);
        Assert.Equal(200, (await CallAsync("DPoP", token, Prove(key, token))).Item1);
        (int status, string challenge) = await CallAsync("Bearer", token, null);
        Assert.Equal(401, status);
        Assert.StartsWith("DPoP ", challenge);
        Assert.Contains("algs=", challenge);
        Assert.Equal(401, (await CallAsync("DPoP", token, null)).Item1);
        Assert.Equal(401, (await CallAsync("DPoP", token, Prove(key, null))).Item1);
        Assert.Equal(401, (await CallAsync("DPoP", token, Prove(key, unbound))).Item1);
        Assert.Equal(401, (await CallAsync("DPoP", token, Prove(DpopKey.Create(), token))).Item1);
        Assert.Equal(401, (await CallAsync("DPoP", unbound, Prove(key, unbound))).Item1);
        Assert.Equal(200, (await CallAsync("Bearer", unbound, null)).Item1);
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task A_code_and_a_refresh_token_are_good_with_the_key_of_their_session_only()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { AutoApproveAs = "alice" }, browser: new AuthModule.Core.Tests.Grants.WalkingBrowser(new AuthModule.Core.Tests.Grants.SignInWalk()));
        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid", "orders.read") with { UseDpop = true, Grant = GrantNames.Interactive });
        AuthToken renewed = await flow.Host.UpdateAsync();
        Assert.Equal(Thumbprint(token), Thumbprint(renewed));

        // The same refresh token without the key, as a thief has it.
        (string, string)[] grant = [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "desktop")];
        string device = (await flow.PostAsync("/device_authorization", [("client_id", "desktop")])).Json.GetProperty("device_code").GetString()!;
        var key = DpopKey.Create();
        var address = new Uri(flow.Issuer + "/token");
        JsonElement pair = (await flow.PostAsync("/token", grant.Append(("device_code", device)), key.Prove("POST", address, null, null, DateTimeOffset.UtcNow))).Json;
        (string, string)[] refresh = [("grant_type", "refresh_token"), ("client_id", "desktop"), ("refresh_token", pair.GetProperty("refresh_token").GetString()!)];
        Assert.Equal("invalid_grant", (await flow.PostAsync("/token", refresh)).Json.GetProperty("error").GetString());
        Assert.Equal("invalid_grant", (await flow.PostAsync("/token", refresh, DpopKey.Create().Prove("POST", address, null, null, DateTimeOffset.UtcNow))).Json.GetProperty("error").GetString());
        Assert.Equal("DPoP", (await flow.PostAsync("/token", refresh, key.Prove("POST", address, null, null, DateTimeOffset.UtcNow))).Json.GetProperty("token_type").GetString());
    }

    private static string Thumbprint(AuthToken token) =>
        JsonDocument.Parse(new JsonWebToken(token.ToPlainText()).GetPayloadValue<JsonElement>("cnf").GetRawText()).RootElement.GetProperty("jkt").GetString()!;
}
