using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Rest;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Services that take a fixed key: in which header, at which address, from which variable.</summary>
public sealed class KeyServicesTests
{
    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("meraki", "https://api.meraki.com", "MERAKI_DASHBOARD_API_KEY", "Authorization", "Bearer key-1234")]
    [InlineData("digitalocean", "https://api.digitalocean.com", "DIGITALOCEAN_ACCESS_TOKEN", "Authorization", "Bearer key-1234")]
    [InlineData("hetzner", "https://api.hetzner.cloud", "HCLOUD_TOKEN", "Authorization", "Bearer key-1234")]
    [InlineData("linode", "https://api.linode.com", "LINODE_TOKEN", "Authorization", "Bearer key-1234")]
    [InlineData("cloudflare", "https://api.cloudflare.com", "CLOUDFLARE_API_TOKEN", "Authorization", "Bearer key-1234")]
    [InlineData("rundeck", null, "RD_TOKEN", "X-Rundeck-Auth-Token", "key-1234")]
    [InlineData("octopus-deploy", null, "OCTOPUS_API_KEY", "X-Octopus-ApiKey", "key-1234")]
    [InlineData("sonarqube", null, "SONAR_TOKEN", "Authorization", "Bearer key-1234")]
    [InlineData("argocd", null, "ARGOCD_AUTH_TOKEN", "Authorization", "Bearer key-1234")]
    [InlineData("unifi", null, null, "X-API-KEY", "key-1234")]
    [InlineData("teamcity", null, null, "Authorization", "Bearer key-1234")]
    [InlineData("elastic", null, null, "Authorization", "ApiKey key-1234")]
    [InlineData("nutanix-prism", null, null, "X-ntnx-api-key", "key-1234")]
    [InlineData("grafana", null, null, "Authorization", "Bearer key-1234")]
    [InlineData("netbox", null, null, "Authorization", "Token key-1234")]
    [InlineData("portainer", null, null, "X-API-Key", "key-1234")]
    [InlineData("gitea", null, null, "Authorization", "token key-1234")]
    [InlineData("rancher", null, null, "Authorization", "Bearer key-1234")]
    [InlineData("splunk", null, null, "Authorization", "Bearer key-1234")]
    [InlineData("rubrik-cdm", null, null, "Authorization", "Bearer key-1234")]
    public async Task A_key_goes_along_with_each_call(string provider, string? address, string? variable, string header, string value)
    {
        var engine = new EngineHost();
        TokenRequest request = new() { Provider = provider, Authority = address is null ? "https://service.example" : null };
        if (variable is null)
        {
            request = request with { Input = new GrantInput { ApiKey = Secret.From("key-1234") } };
        }
        else
        {
            engine.Variables[variable] = "key-1234";
        }

        AuthToken token = await engine.GetAsync(request);
        Assert.Equal((address ?? "https://service.example", TimeSpan.MaxValue), (token.Authority, token.ExpiresIn));
        Assert.Equal(value, token.ToHeader()[header]);
        Assert.Single(token.ToHeader());
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("meraki", 401, """{"errors":["Invalid API key"]}""", AuthErrorId.TokenInactive, "Invalid API key")]
    [InlineData("digitalocean", 401, """{"id":"Unauthorized","message":"Unable to authenticate you"}""", AuthErrorId.TokenInactive, "Unable to authenticate you")]
    [InlineData("hetzner", 401, """{"error":{"message":"unable to authenticate","code":"unauthorized"}}""", AuthErrorId.TokenInactive, "unable to authenticate")]
    [InlineData("cloudflare", 403, """{"success":false,"errors":[{"code":9109,"message":"Invalid access token"}],"messages":[],"result":null}""", AuthErrorId.AccessDenied, "Invalid access token")]
    [InlineData("linode", 401, """{"errors":[{"reason":"Invalid Token"}]}""", AuthErrorId.TokenInactive, "Invalid Token")]
    [InlineData("rundeck", 403, """{"error":true,"apiversion":46,"errorCode":"api.error.item.unauthorized","message":"Not authorized"}""", AuthErrorId.AccessDenied, "Not authorized")]
    [InlineData("octopus-deploy", 401, """{"ErrorMessage":"The API key you provided was not valid. Please double-check your API key and try again."}""", AuthErrorId.TokenInactive, "not valid")]
    public async Task What_a_call_is_refused_with_is_told(string provider, int status, string body, string id, string words)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/v1/me", body, status);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Key(server.Address) with { Provider = provider });
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(async () =>
        {
            using RestReply reply = await engine.Engine.Rest.SendAsync(
                token.Session, new RestRequest(new Uri(server.Address + "/v1/me")) { Method = HttpMethod.Get }, null, engine.Log, TestContext.Current.CancellationToken);
        });
        Assert.Equal((id, status), (error.Code, error.StatusCode));
        Assert.Contains(words, error.OAuthErrorDescription, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("key-1234", StringComparison.Ordinal));
    }
}
