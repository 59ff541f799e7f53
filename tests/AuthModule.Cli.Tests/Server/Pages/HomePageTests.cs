using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.TestKit.Browsers;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Pages;

public sealed class HomePageTests
{
    [Fact]
    public async Task It_names_what_the_server_has_and_no_secret()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo();
        await using ServerFixture fixture = await ServerFixture.StartAsync(options with { Keys = ServerFixture.Options.Keys });
        string page = await HomeAsync(fixture);
        Assert.Contains(fixture.Server.Issuer, page);
        Assert.Contains("/.well-known/openid-configuration", page);
        Assert.Contains($"Get-AuthToken -Authority {fixture.Server.Issuer} -ClientId desktop -DeviceCode", page);
        Assert.All(options.Clients, client => Assert.Contains($"<code>{client.Id}</code>", page));
        Assert.All(options.Users, user => Assert.Contains($"<code>{user.Name}</code>", page));
        Assert.All(Secrets(options), secret => Assert.DoesNotContain(secret, page));
    }

    [Fact]
    public async Task Every_path_that_it_lists_answers()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        string[] paths = [.. Regex.Matches(await HomeAsync(fixture), "<td>(?:<a[^>]*>)?<code>(/[^<]*)</code>").Select(static match => match.Groups[1].Value)];
        Assert.Contains("/token", paths);
        foreach (string path in paths)
        {
            int get = (int)(await fixture.GetAsync(path)).StatusCode;
            Assert.NotEqual(404, get == 405 ? (int)(await fixture.PostFormAsync(path)).StatusCode : get);
        }
    }

    [Fact]
    [Trait("Feature", "N10")]
    public async Task The_list_of_requests_holds_no_password_secret_code_or_token()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with
        {
            Clients = [.. ServerFixture.Options.Clients, new ServerClient("tv", (string?)null) { Grants = ["urn:ietf:params:oauth:grant-type:device_code"], Scopes = ["orders.read"] }],
        });
        var canaries = new List<string> { "wonder", "portal-secret", ServerFixture.Basic("portal", "portal-secret"), "canary" };
        System.Text.Json.JsonElement tokens = await fixture.SignInAsync();
        canaries.Add(tokens.Text("access_token"));
        canaries.Add(tokens.Text("refresh_token"));
        canaries.Add(tokens.Text("id_token"));
        await fixture.GetAsync("/api/orders", tokens.Text("access_token"));
        await fixture.PostBasicAsync("/introspect", "portal", "portal-secret", ("token", tokens.Text("access_token")));
        await fixture.PostFormAsync("/token", ("grant_type", "refresh_token"), ("client_id", "portal"), ("client_secret", "portal-secret"), ("refresh_token", tokens.Text("refresh_token")));
        await fixture.PostFormAsync("/token", ("client_assertion", "canary-assertion"), ("subject_token", "canary-subject"), ("auth_req_id", "canary-id"));
        await fixture.SendAsync(HttpMethod.Get, "/api/orders", headers: [("DPoP", "canary-proof"), ("X-API-Key", "canary-key"), ("Authorization", "canary-bare")]);

        using PageWalk walk = await SignInPageTests.AllowedAsync(fixture);
        canaries.Add(Regex.Match(walk.Left!.Query, "code=([^&]*)").Groups[1].Value);
        await fixture.PostFormAsync("/token", ("grant_type", "authorization_code"), ("client_id", "desktop"), ("code", canaries[^1]), ("code_verifier", AuthorizationAddress.Verifier));
        canaries.Add(AuthorizationAddress.Verifier);
        System.Text.Json.JsonElement device = await (await fixture.PostFormAsync("/device_authorization", ("client_id", "tv"))).JsonAsync(200);
        canaries.Add(device.Text("device_code"));
        canaries.Add(device.Text("user_code"));
        await walk.OpenAsync(new Uri(device.Text("verification_uri_complete")));
        await walk.SubmitAsync(("user_code", device.Text("user_code")));
        canaries.Add(Regex.Match(walk.Text, "name=\"form_key\" value=\"([^\"]*)\"").Groups[1].Value);
        await walk.AnswerAsync("allow");
        await fixture.SendAsync(HttpMethod.Get, "/device", headers: ("Referer", device.Text("verification_uri_complete")));
        await fixture.PostFormAsync("/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "tv"), ("device_code", device.Text("device_code")));

        string page = await HomeAsync(fixture);
        Assert.Contains("grant_type=password", page);
        Assert.Contains("user_code=***", page);
        string everything = page + System.Text.Json.JsonSerializer.Serialize(fixture.Server.Requests);
        Assert.All(canaries, canary => Assert.True(canary.Length > 3 && !everything.Contains(canary, StringComparison.Ordinal), canary));
    }

    [Fact]
    public async Task The_list_is_bounded()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        for (int number = 0; number < 60; number++)
        {
            await fixture.GetAsync("/jwks");
        }

        Assert.Equal(50, Regex.Count(await HomeAsync(fixture), "<td class=\"time\">"));
    }

    [Fact]
    [Trait("Feature", "N10")]
    public async Task A_request_is_told_to_an_open_page_as_it_is_answered()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using HttpResponseMessage reply = await fixture.Http.GetAsync(new Uri("/requests", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ServerFixture.Canceled);
        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(ServerFixture.Canceled), Encoding.UTF8);
        Assert.StartsWith(":", await reader.ReadLineAsync(ServerFixture.Canceled));
        await fixture.PostFormAsync("/token", ("grant_type", "password"), ("client_id", "desktop"), ("password", "canary"));

        string? line;
        do
        {
            line = await reader.ReadLineAsync(ServerFixture.Canceled);
        }
        while (line?.StartsWith("data:", StringComparison.Ordinal) == false);
        Assert.Contains("\"path\":\"/token\"", line);
        Assert.Contains("\"status\":400", line);
        Assert.Contains("password=***", line);
        Assert.DoesNotContain("canary", line);
    }

    private static IEnumerable<string> Secrets(EmbeddedServerOptions options) =>
        options.Clients.SelectMany(static client => new[] { client.Secret, client.PrivateKey }).Where(static secret => secret is not null).Select(static secret => secret!.Reveal())
            .Concat(options.Users.Select(static user => user.Password.Reveal()));

    private static async Task<string> HomeAsync(ServerFixture fixture) =>
        System.Net.WebUtility.HtmlDecode(await (await fixture.GetAsync("/")).Content.ReadAsStringAsync(ServerFixture.Canceled));
}
