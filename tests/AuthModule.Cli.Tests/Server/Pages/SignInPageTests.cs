using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.TestKit.Browsers;
using AuthModule.TestKit.Time;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Pages;

public sealed class SignInPageTests
{
    private const string Password = "wonder land+1";

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_signs_in_allows_and_goes_back_with_a_code()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("login_hint", "<b>")));
        Assert.Equal(("sign-in", 200), (walk.Page, walk.Status));
        Assert.Contains("value=\"&lt;b&gt;\"", walk.Text);

        await walk.SignInAsync("alice", "wrong");
        Assert.Equal("sign-in", walk.Page);
        Assert.Contains("Name or password is wrong.", walk.Text);
        Assert.DoesNotContain("\"wrong\"", walk.Text);

        await walk.SignInAsync("alice", Password);
        Assert.Equal("consent", walk.Page);
        Assert.Contains("See orders", walk.Text);
        Assert.Contains("127.0.0.1:7000", walk.Text);

        await walk.AnswerAsync("allow");
        Dictionary<string, StringValues> answer = Query(walk);
        Assert.Equal(("s1", fixture.Server.Issuer), (answer["state"].ToString(), answer["iss"].ToString()));
        await (await fixture.PostFormAsync(
            "/token",
            ("grant_type", "authorization_code"),
            ("client_id", "desktop"),
            ("code", answer["code"]!),
            ("redirect_uri", AuthorizationAddress.Callback),
            ("code_verifier", AuthorizationAddress.Verifier))).JsonAsync(200);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_who_refuses_goes_back_without_a_code(bool isSignedIn)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        await walk.OpenAsync(AuthorizationAddress.Of(fixture));
        if (isSignedIn)
        {
            await walk.SignInAsync("alice", Password);
        }

        await walk.AnswerAsync("deny");
        Assert.Equal("access_denied", Query(walk)["error"]);
        Assert.DoesNotContain("code", Query(walk).Keys);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task What_was_allowed_is_not_asked_again_and_more_is()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using PageWalk walk = await AllowedAsync(fixture, ("scope", "openid"));

        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("scope", "openid")));
        Assert.NotEmpty(Query(walk)["code"].ToString());
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("scope", "openid orders.read")));
        Assert.Equal("consent", walk.Page);
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("scope", "openid"), ("authorization_details", """[{"type":"order"}]""")));
        Assert.Equal("consent", walk.Page);

        using var other = new PageWalk();
        await other.OpenAsync(AuthorizationAddress.Of(fixture, ("scope", "openid")));
        Assert.Equal("sign-in", other.Page);
        await other.SignInAsync("bob", "builder");
        Assert.Equal("consent", other.Page);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("consent", "consent")]
    [InlineData("login", "sign-in")]
    [InlineData("select_account", "sign-in")]
    public async Task A_prompt_asks_again(string prompt, string page)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using PageWalk walk = await AllowedAsync(fixture);
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("prompt", prompt)));
        Assert.Equal(page, walk.Page);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_prompt_of_none_asks_nobody_and_says_what_is_missing()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        Uri silent = AuthorizationAddress.Of(fixture, ("prompt", "none"));
        await walk.OpenAsync(silent);
        Assert.Equal("login_required", Query(walk)["error"]);

        await walk.OpenAsync(AuthorizationAddress.Of(fixture));
        await walk.SignInAsync("alice", Password);
        await walk.OpenAsync(silent);
        Assert.Equal("consent_required", Query(walk)["error"]);

        await walk.OpenAsync(AuthorizationAddress.Of(fixture));
        await walk.AnswerAsync("allow");
        await walk.OpenAsync(silent);
        Assert.NotEmpty(Query(walk)["code"].ToString());
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("prompt", "none login")));
        Assert.Equal("invalid_request", Query(walk)["error"]);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_sign_in_that_is_too_old_is_asked_for_again()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { Clock = clock });
        using PageWalk walk = await AllowedAsync(fixture);
        clock.Advance(TimeSpan.FromMinutes(2));
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("max_age", "600")));
        Assert.NotEmpty(Query(walk)["code"].ToString());
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, ("max_age", "60")));
        Assert.Equal("sign-in", walk.Page);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Another_person_can_take_over_before_anything_is_allowed()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        await walk.OpenAsync(AuthorizationAddress.Of(fixture));
        await walk.SignInAsync("alice", Password);
        await walk.AnswerAsync("switch");
        Assert.Equal("sign-in", walk.Page);
        await walk.SignInAsync("bob", "builder");
        Assert.Contains("<strong>bob</strong>", walk.Text);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("client_id", "nobody", "client_id")]
    [InlineData("redirect_uri", "https://evil.example/", "redirect_uri")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "request_uri")]
    public async Task A_request_that_may_not_be_answered_by_a_redirect_ends_on_a_page(string name, string value, string says)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, (name, value)));
        Assert.Equal((400, "message", null), (walk.Status, walk.Page, walk.Left));
        Assert.Contains("data-outcome=\"failure\"", walk.Text);
        Assert.Contains(says, walk.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_request_by_POST_is_as_good()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { AutoApproveAs = "alice" });
        HttpResponseMessage reply = await fixture.PostFormAsync("/authorize", [.. AuthorizationAddress.Fields().Select(static field => (field.Key, field.Value))]);
        Assert.StartsWith(AuthorizationAddress.Callback + "?code=", reply.Headers.Location!.ToString());
    }

    internal static async Task<PageWalk> AllowedAsync(ServerFixture fixture, params (string Name, string Value)[] changes)
    {
        var walk = new PageWalk();
        await walk.OpenAsync(AuthorizationAddress.Of(fixture, changes));
        await walk.SignInAsync("alice", Password);
        await walk.AnswerAsync("allow");
        Assert.NotNull(walk.Left);
        return walk;
    }

    private static Dictionary<string, StringValues> Query(PageWalk walk)
    {
        Assert.True(walk.Left is not null, walk.Text);
        return QueryHelpers.ParseQuery(walk.Left.Query);
    }
}
