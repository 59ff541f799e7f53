using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.TestKit.Browsers;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Pages;

public sealed partial class PageSafetyTests
{
    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_form_of_another_site_or_browser_allows_nothing()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        await walk.OpenAsync(AuthorizationAddress.Of(fixture));
        await walk.SignInAsync("alice", "wonder land+1");
        Assert.Equal("consent", walk.Page);
        string key = FormKey().Match(walk.Text).Groups[1].Value;
        string address = walk.Address.PathAndQuery;

        // Without the key, with a wrong one, from another browser, and from a page of another site.
        await walk.SubmitAsync(("answer", "allow"), ("form_key", ""));
        Assert.Equal((400, "message"), (walk.Status, walk.Page));
        await walk.OpenAsync(new Uri(fixture.Server.BaseAddress, address));
        await walk.SubmitAsync(("answer", "allow"), ("form_key", "guessed"));
        Assert.Equal(400, walk.Status);
        await (await fixture.PostFormAsync(address, ("answer", "allow"), ("form_key", key))).IsErrorAsync(400, "invalid_request");
        HttpResponseMessage foreign = await fixture.SendAsync(
            HttpMethod.Post,
            address,
            content: new FormUrlEncodedContent(new Dictionary<string, string> { ["answer"] = "allow", ["form_key"] = key }),
            headers: [("Origin", "https://evil.example"), ("Cookie", await CookieOfAsync(fixture))]);
        await foreign.IsErrorAsync(400, "invalid_request");

        await walk.OpenAsync(new Uri(fixture.Server.BaseAddress, address));
        Assert.Equal("consent", walk.Page);
        await walk.AnswerAsync("allow");
        Assert.NotNull(walk.Left);
        await walk.OpenAsync(new Uri(fixture.Server.BaseAddress, address));
        Assert.Equal(400, walk.Status);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_cookie_from_before_the_sign_in_is_worth_nothing_after_it()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        HttpResponseMessage first = await fixture.GetAsync(AuthorizationAddress.Of(fixture).PathAndQuery);
        string cookie = Cookie(first);
        string page = first.Headers.Location!.ToString();
        string form = await (await fixture.SendAsync(HttpMethod.Get, page, headers: ("Cookie", cookie))).Content.ReadAsStringAsync(ServerFixture.Canceled);
        HttpResponseMessage signedIn = await fixture.SendAsync(
            HttpMethod.Post,
            page,
            content: new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["answer"] = "sign-in",
                ["username"] = "alice",
                ["password"] = "wonder land+1",
                ["form_key"] = FormKey().Match(form).Groups[1].Value,
            }),
            headers: ("Cookie", cookie));
        Assert.Equal(303, (int)signedIn.StatusCode);
        Assert.NotEqual(cookie, Cookie(signedIn));
        Assert.Equal(400, (int)(await fixture.SendAsync(HttpMethod.Get, page, headers: ("Cookie", cookie))).StatusCode);
        Assert.Equal(200, (int)(await fixture.SendAsync(HttpMethod.Get, page, headers: ("Cookie", Cookie(signedIn)))).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/device")]
    [InlineData("/approvals")]
    [InlineData("/nowhere")]
    public async Task Pages_load_nothing_and_cannot_be_framed(string path)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        using var walk = new PageWalk();
        await walk.OpenAsync(new Uri(fixture.Server.BaseAddress, path));
        string policy = Assert.Single(walk.Reply!.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(walk.Reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(walk.Reply.Headers.CacheControl!.NoStore);
        Assert.DoesNotMatch("(src|href)=\"(http|//)", walk.Text);
        Assert.DoesNotContain("style=", walk.Text);
        Assert.All(Inputs().Matches(walk.Text).Where(static input => !input.Value.Contains("type=\"hidden\"")), input =>
            Assert.Contains($"<label for=\"{Regex.Match(input.Value, "id=\"([^\"]*)\"").Groups[1].Value}\">", walk.Text));
    }

    [Fact]
    public async Task What_is_no_browser_gets_no_page_for_an_error()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        Assert.Empty(await (await fixture.GetAsync("/nowhere")).Content.ReadAsByteArrayAsync(ServerFixture.Canceled));
        await (await fixture.GetAsync("/authorize?client_id=nobody")).IsErrorAsync(400, "invalid_request");
    }

    private static async Task<string> CookieOfAsync(ServerFixture fixture) => Cookie(await fixture.GetAsync("/device"));

    private static string Cookie(HttpResponseMessage reply) => Assert.Single(reply.Headers.GetValues("Set-Cookie")).Split(';')[0];

    [GeneratedRegex("name=\"form_key\" value=\"([^\"]*)\"")]
    private static partial Regex FormKey();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();
}
