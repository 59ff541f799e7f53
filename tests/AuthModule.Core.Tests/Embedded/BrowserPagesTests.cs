using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Interaction;
using AuthModule.Requests;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>The embedded server's pages in Chromium, from the first one to the token. Each is left as a picture, light and dark.</summary>
public sealed class BrowserPagesTests
{
    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_signs_in_allows_and_lands()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage home = await chromium.NewPageAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        var person = new Person(page, "allow");
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(browser: person);
        await flow.Host.GetAsync(flow.As("portal", "orders.read"));
        await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(flow.As("portal", "admin")));
        await home.OpenAsync(new Uri(flow.Issuer));
        await home.WaitForAsync("document.querySelector('.live').dataset.live === 'yes'");

        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid", "orders.read", "orders.write") with { Grant = GrantNames.Interactive });

        await person.Walk;
        Assert.Equal("alice", token.Subject);
        Assert.Equal("success", await page.EvaluateAsync("document.querySelector('main').dataset.outcome"));
        await LookAsync(page, "page-5-landing-success");
        await home.WaitForAsync("[...document.querySelectorAll('#requests tbody tr')].some(row => row.innerText.includes('/token') && row.innerText.includes('authorization_code'))");
        await LookAsync(home, "page-1-home", isWhole: true);
        AssertClean(page, home);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_who_denies_lands_on_a_page_that_says_so()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        var person = new Person(page, "deny");
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(browser: person);

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(
            () => flow.Host.GetAsync(flow.As("desktop", "openid") with { Grant = GrantNames.Interactive }));

        await person.Walk;
        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
        Assert.Equal("failure", await page.EvaluateAsync("document.querySelector('main').dataset.outcome"));
        await LookAsync(page, "page-6-landing-failure");
        AssertClean(page);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_connects_a_device()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: new HurriedClock());
        flow.WhenShown(async shown =>
        {
            (Uri address, string code) = EmbeddedFlow.ReadDevice(shown);
            await page.OpenAsync(address);
            await LookAsync(page, "page-7-device");
            await page.EvaluateAsync($"document.querySelector('#user_code').value = '{code}'");
            await page.LeaveByAsync("document.querySelector('button.main').click()");
            await SignInAsync(page);
            Assert.Equal(code, await page.EvaluateAsync("document.querySelector('.usercode').innerText"));
            await LookAsync(page, "page-8-device-approval");
            await page.LeaveByAsync("document.querySelector('button[value=allow]').click()");
            await LookAsync(page, "page-9-device-done");
        });

        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid", "orders.read") with { Grant = GrantNames.DeviceCode });

        Assert.Equal("alice", token.Subject);
        Assert.Equal("Your device is connected", await page.EvaluateAsync("document.querySelector('h1').innerText"));
        AssertClean(page);
    }

    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_finds_what_waits_for_them_and_an_error_is_a_page()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: new HurriedClock());
        flow.WhenShown(async _ =>
        {
            await page.OpenAsync(new Uri(flow.Issuer + "/approvals"));
            await SignInAsync(page);
            await LookAsync(page, "page-10-approvals");
            await page.LeaveByAsync("document.querySelector('button').click()");
            await LookAsync(page, "page-11-backchannel-consent");
            await page.LeaveByAsync("document.querySelector('button[value=allow]').click()");
        });

        await flow.Host.GetAsync(flow.As("portal", "openid", "orders.read") with
        {
            Input = new AuthModule.Requests.GrantInput { LoginHint = "alice", BindingMessage = "Order 4711" },
            Parameters = new System.Collections.Generic.Dictionary<string, string> { ["authorization_details"] = """[{"type":"order","item":"lamp","count":2}]""" },
        });

        AssertClean(page);
        await page.OpenAsync(new Uri(flow.Issuer + "/authorize?client_id=nobody"));
        await LookAsync(page, "page-12-error");
    }

    private static async Task SignInAsync(ChromiumPage page)
    {
        await page.EvaluateAsync("document.querySelector('#username').value = 'alice'");
        await page.EvaluateAsync($"document.querySelector('#password').value = '{EmbeddedFlow.Password}'");
        await page.LeaveByAsync("document.querySelector('button[value=sign-in]').click()");
    }

    // Nothing runs over, in light and in dark, on a screen and on a phone.
    private static async Task LookAsync(ChromiumPage page, string name, bool isWhole = false)
    {
        foreach (bool isDark in (bool[])[false, true])
        {
            await page.DarkAsync(isDark);
            Assert.Equal(isDark ? "rgb(18, 21, 26)" : "rgb(246, 247, 249)", await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
            await page.PictureAsync($"{name}-{(isDark ? "dark" : "light")}", isWhole);
        }

        await page.DarkAsync(false);
        await page.SizeAsync(360, 740);
        await page.PictureAsync($"{name}-phone", isWhole);
        Assert.Equal("true", await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"));
        await page.SizeAsync(900, 700);
        Assert.Equal("true", await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"));
        if (await Axe.MissingAsync() is null)
        {
            await Axe.AssertNoneAsync(page, name);
        }
    }

    private static void AssertClean(params ChromiumPage[] pages)
    {
        foreach (ChromiumPage page in pages)
        {
            Assert.DoesNotContain(page.Problems, static problem => !problem.Contains("status of 400", StringComparison.Ordinal));
            Assert.All(page.Requests.Where(request => request.Scheme is not ("data" or "about")), request => Assert.True(request.IsLoopback, request.AbsoluteUri));
        }
    }

    /// <summary>Signs in and answers, page by page.</summary>
    private sealed class Person(ChromiumPage page, string answer) : IBrowser
    {
        public Task Walk { get; private set; } = Task.CompletedTask;

        public Task<int> Open(Uri address, string? path)
        {
            Walk = Task.Run(async () =>
            {
                await page.OpenAsync(address);
                if (answer != "allow")
                {
                    // The other walk leaves the pictures of these pages.
                    await SignInAsync(page);
                    await page.LeaveByAsync($"document.querySelector('button[value={answer}]').click()");
                    return;
                }

                await LookAsync(page, "page-2-sign-in");
                await page.EvaluateAsync("document.querySelector('#password').value = 'wrong'");
                await page.LeaveByAsync("document.querySelector('button[value=sign-in]').click()");
                await LookAsync(page, "page-3-sign-in-wrong");
                await SignInAsync(page);
                await LookAsync(page, "page-4-consent");
                await page.LeaveByAsync($"document.querySelector('button[value={answer}]').click()");
            });
            return new TaskCompletionSource<int>().Task;
        }
    }
}
