using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Accounts.SecondFactors;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class DescribeTests
{
    [Fact]
    public async Task What_the_demo_describes_works_for_each_provider()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(EmbeddedServerOptions.Demo());
        using JsonDocument document = JsonDocument.Parse(JsonText.WriteObject(fixture.Server.Describe()));
        JsonElement providers = document.RootElement.GetProperty("providers");
        Assert.Equal(
            ["oidc", "oauth2", "keycloak", "px-backup", "pynomaly", "mosaia", "cognito", "local"],
            providers.EnumerateObject().Select(static provider => provider.Name));

        foreach ((string provider, string path) in new[] { ("oidc", "/token"), ("cognito", "/oauth2/token"), ("local", "/token") })
        {
            JsonElement it = providers.GetProperty(provider);
            await (await fixture.PostBasicAsync(it.Text("authority") + path, it.Text("clientId"), it.Text("clientSecret"), ("grant_type", "client_credentials"))).JsonAsync(200);
        }

        foreach (string provider in new[] { "keycloak", "px-backup" })
        {
            JsonElement it = providers.GetProperty(provider);
            await (await fixture.PostFormAsync(
                $"{it.Text("authority")}/auth/realms/{it.Text("realm")}/protocol/openid-connect/token",
                ("grant_type", "password"),
                ("client_id", it.Text("clientId")),
                ("username", it.Text("username")),
                ("password", it.Text("password")),
                ("token-duration", "7d"))).JsonAsync(200);
        }

        await SignInWithSecondFactorAsync(fixture, providers.GetProperty("pynomaly"));
        JsonElement mosaia = providers.GetProperty("mosaia");
        await (await fixture.SendJsonAsync(HttpMethod.Post, "/v1/auth/signin", JsonText.WriteObject(new System.Collections.Generic.Dictionary<string, object?>
        {
            ["grant_type"] = "password",
            ["email"] = mosaia.Text("username"),
            ["password"] = mosaia.Text("password"),
            ["client_id"] = mosaia.Text("clientId"),
        }))).JsonAsync(200);
    }

    private static async Task SignInWithSecondFactorAsync(ServerFixture fixture, JsonElement provider)
    {
        Assert.Equal(200, (int)(await fixture.SendJsonAsync(HttpMethod.Get, "/api/orders", null, null, ("X-API-Key", provider.Text("apiKey")))).StatusCode);
        JsonElement careful = provider.GetProperty("secondFactor");
        await (await fixture.SendJsonAsync(HttpMethod.Post, "/api/v1/auth/login", JsonText.WriteObject(new System.Collections.Generic.Dictionary<string, object?>
        {
            ["username"] = careful.Text("username"),
            ["password"] = careful.Text("password"),
            ["totp_code"] = Totp.FromBase32(careful.Text("totpSecret")).CodeAt(TimeProvider.System.GetUtcNow()),
        }))).JsonAsync(200);
    }
}
