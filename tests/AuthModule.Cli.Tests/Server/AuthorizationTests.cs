using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class AuthorizationTests
{
    // RFC 7636, appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly EmbeddedServerOptions Approving = ServerFixture.Options with { AutoApproveAs = "alice" };

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_code_is_redeemed_once_with_its_verifier()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(Approving);
        Dictionary<string, StringValues> answer = await AskAsync(fixture, ("state", "s 1"), ("nonce", "n1"), ("scope", "openid orders.read"));
        Assert.Equal("s 1", answer["state"]);
        Assert.Equal(fixture.Server.Issuer, answer["iss"]);

        JsonElement reply = await (await RedeemAsync(fixture, answer["code"]!)).JsonAsync(200);
        Assert.Equal("n1", new JsonWebToken(reply.Text("id_token")).GetClaim("nonce").Value);
        Assert.Equal("alice", new JsonWebToken(reply.Text("access_token")).Subject);
        Assert.NotEmpty(reply.Text("refresh_token"));
        await (await RedeemAsync(fixture, answer["code"]!)).IsErrorAsync(400, "invalid_grant");
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("code_verifier", "wrong")]
    [InlineData("code_verifier", "wrong-but-as-long-as-a-verifier-has-to-be-1234567")]
    [InlineData("redirect_uri", "http://127.0.0.1:9/callback")]
    public async Task A_code_is_bound_to_its_request(string name, string value)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(Approving);
        string code = (await AskAsync(fixture))["code"]!;
        await (await RedeemAsync(fixture, code, (name, value))).IsErrorAsync(400, "invalid_grant");
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_code_runs_out()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.StartAsync(Approving with { Clock = clock });
        string code = (await AskAsync(fixture))["code"]!;
        clock.Advance(TimeSpan.FromMinutes(1));
        await (await RedeemAsync(fixture, code)).IsErrorAsync(400, "invalid_grant");
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("scope", "admin", "invalid_scope")]
    public async Task A_bad_request_comes_back_as_an_error(string name, string value, string error)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(Approving);
        Assert.Equal(error, (await AskAsync(fixture, (name, value)))["error"]);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("redirect_uri", "https://evil.example/")]
    [InlineData("redirect_uri", "http://127.0.0.1:5/other")]
    [InlineData("client_id", "unknown")]
    public async Task Nothing_is_redirected_to_an_address_that_is_not_the_clients(string name, string value)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(Approving);
        HttpResponseMessage response = await fixture.GetAsync(Address((name, value)));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    private static async Task<Dictionary<string, StringValues>> AskAsync(ServerFixture fixture, params (string Name, string Value)[] changes) =>
        Query(await fixture.GetAsync(Address(changes)));

    private static Dictionary<string, StringValues> Query(HttpResponseMessage response)
    {
        Assert.Equal(302, (int)response.StatusCode);
        Assert.StartsWith("http://127.0.0.1:7000/callback?", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(response.Headers.Location.Query);
    }

    private static string Address(params (string Name, string Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = "desktop",
            ["redirect_uri"] = "http://127.0.0.1:7000/callback",
            ["response_type"] = "code",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach ((string name, string value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString("/authorize", query);
    }

    private static Task<HttpResponseMessage> RedeemAsync(ServerFixture fixture, string code, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "desktop",
            ["code"] = code,
            ["redirect_uri"] = "http://127.0.0.1:7000/callback",
            ["code_verifier"] = Verifier,
        };
        foreach ((string name, string value) in changes)
        {
            fields[name] = value;
        }

        return fixture.PostFormAsync("/token", [.. fields.Select(static field => (field.Key, field.Value))]);
    }
}
