using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

/// <summary>Whoever guesses secrets, codes and verifiers, and whoever comes under another name.</summary>
public sealed partial class GuessingTests
{
    private static readonly EmbeddedServerOptions Waiting = ServerFixture.Options with
    {
        Clients =
        [
            .. ServerFixture.Options.Clients,
            new ServerClient("tv", (string?)null) { Grants = ["urn:ietf:params:oauth:grant-type:device_code"], Scopes = ["openid"] },
        ],
    };

    [Theory]
    [Trait("Feature", "R2")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrong_client_secrets_are_slowed_down_and_a_right_one_works_again_after_the_wait(bool usesHeader)
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { Clock = clock });
        Task<HttpResponseMessage> TryAsync(string id, string secret) => usesHeader
            ? fixture.PostBasicAsync("/token", id, secret, ("grant_type", "client_credentials"))
            : fixture.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));

        int looked = 0;
        for (int i = 0; i < 1000; i++)
        {
            HttpResponseMessage reply = await TryAsync("nightly", $"guess {i}");
            looked += (int)reply.StatusCode == 401 ? 1 : 0;
            Assert.Contains((int)reply.StatusCode, (int[])[401, 429]);
        }

        Assert.InRange(looked, 1, 10);

        // Not even the right one is looked at meanwhile, by any endpoint; other clients notice nothing.
        HttpResponseMessage blocked = await TryAsync("nightly", "s3cret:+ %&ü");
        await blocked.IsErrorAsync(429, "temporarily_unavailable");
        int wait = int.Parse(Assert.Single(blocked.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture);
        Assert.InRange(wait, 1, 600);
        Assert.Equal(429, (int)(await fixture.PostBasicAsync("/introspect", "nightly", "s3cret:+ %&ü", ("token", "x"))).StatusCode);
        Assert.Equal(401, (int)(await TryAsync("portal", "guess")).StatusCode);

        clock.Advance(TimeSpan.FromSeconds(wait));
        await (await TryAsync("nightly", "s3cret:+ %&ü")).JsonAsync(200);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task Guessed_codes_of_devices_are_slowed_down()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.StartAsync(Waiting with { Clock = clock });
        JsonElement device = await (await fixture.PostFormAsync("/device_authorization", ("client_id", "tv"), ("scope", "openid"))).JsonAsync(200);
        string form = await OpenAsync(fixture);
        (string cookie, string key) = (form.Split('\n')[0], FormKey().Match(form).Groups[1].Value);
        Task<HttpResponseMessage> TypeAsync(string code) => fixture.SendAsync(
            HttpMethod.Post,
            "/device",
            content: new FormUrlEncodedContent(new Dictionary<string, string> { ["user_code"] = code, ["form_key"] = key }),
            headers: ("Cookie", cookie));

        int looked = 0;
        for (int i = 0; i < 500; i++)
        {
            looked += (int)(await TypeAsync($"BBBB-{i:0000}")).StatusCode == 429 ? 0 : 1;
        }

        Assert.InRange(looked, 1, 20);
        HttpResponseMessage blocked = await TypeAsync(device.Text("user_code"));
        Assert.Equal(429, (int)blocked.StatusCode);
        clock.Advance(TimeSpan.FromSeconds(int.Parse(Assert.Single(blocked.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture)));
        Assert.Equal(303, (int)(await TypeAsync(device.Text("user_code"))).StatusCode);
    }

    [Theory]
    [Trait("Feature", "R6")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code", "device_code")]
    [InlineData("urn:openid:params:grant-type:ciba", "auth_req_id")]
    public async Task Guessed_codes_of_clients_find_nothing(string grant, string field)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(Waiting with
        {
            Clients = [new ServerClient("guesser", (string?)null) { Grants = [grant], Scopes = ["openid"] }],
        });
        for (int i = 0; i < 200; i++)
        {
            await (await fixture.PostFormAsync("/token", ("grant_type", grant), ("client_id", "guesser"), (field, $"{i}"))).IsErrorAsync(400, "invalid_grant");
        }
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=")]
    public async Task A_code_challenge_that_is_no_SHA_256_is_refused(string challenge)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { AutoApproveAs = "alice" });
        HttpResponseMessage reply = await fixture.GetAsync(
            $"/authorize?client_id=desktop&redirect_uri={Uri.EscapeDataString("http://127.0.0.1:7000/callback")}&response_type=code&code_challenge_method=S256&code_challenge={Uri.EscapeDataString(challenge)}");
        Assert.Contains("error=invalid_request", reply.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", reply.Headers.Location.Query, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("localhost.evil.example")]
    [InlineData("xn--lcalhost-n7a")]
    public async Task A_page_whose_name_was_made_to_lead_here_gets_nothing(string host)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        foreach (string path in (string[])["/", "/requests", "/.well-known/openid-configuration", "/device", "/nowhere"])
        {
            HttpResponseMessage reply = await AsAsync(fixture, path, host);
            Assert.Equal(421, (int)reply.StatusCode);
            Assert.DoesNotContain("alice", await reply.Content.ReadAsStringAsync(ServerFixture.Canceled), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(fixture.Server.Requests, request => request.Path == "/requests");
    }

    [Theory]
    [InlineData("localhost:{port}")]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("LOCALHOST")]
    [InlineData("app.localhost:{port}")]
    public async Task Names_of_this_machine_are_answered(string host)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        Assert.Equal(200, (int)(await AsAsync(fixture, "/jwks", host)).StatusCode);
    }

    private static Task<HttpResponseMessage> AsAsync(ServerFixture fixture, string path, string host) => fixture.SendAsync(
        HttpMethod.Get, path, headers: ("Host", host.Replace("{port}", fixture.Server.BaseAddress.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    // The cookie in the first line, then the page.
    private static async Task<string> OpenAsync(ServerFixture fixture)
    {
        HttpResponseMessage page = await fixture.GetAsync("/device");
        return Assert.Single(page.Headers.GetValues("Set-Cookie")).Split(';')[0] + "\n" + await page.Content.ReadAsStringAsync(ServerFixture.Canceled);
    }

    [GeneratedRegex("name=\"form_key\" value=\"([^\"]*)\"")]
    private static partial Regex FormKey();
}
