using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Interaction;
using AuthModule.Requests;
using AuthModule.TestKit.Time;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Interaction;

/// <summary>The flows as a person sees them, from the first page to the token. Each page is left as a picture.</summary>
[Collection(OidcProvider.Name)]
public sealed class BrowserTests(OidcProviderServer server)
{
    private const int MaxPages = 10;

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_signs_in_in_Chromium_and_is_told_so()
    {
        _ = server.Issuer;
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        var browser = new Person(page, "interactive", refuses: false);

        AuthToken token = await new EngineHost(browser: browser).GetAsync(Request("native"));

        await browser.Walk;
        Assert.Equal("carol", token.Subject);
        Assert.Equal("success", await page.EvaluateAsync("document.querySelector('main').dataset.outcome"));
        Assert.Equal("You are signed in", await page.EvaluateAsync("document.querySelector('h1').innerText"));
        await AssertReadsWellAsync(page, "interactive-success");
        Assert.All(page.Requests.Where(request => request.Scheme is not ("data" or "about")), request => Assert.True(request.IsLoopback, request.AbsoluteUri));
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_who_cancels_in_Chromium_is_told_that_it_did_not_work()
    {
        _ = server.Issuer;
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        var browser = new Person(page, "refused", refuses: true);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost(browser: browser).GetAsync(Request("native")));

        await browser.Walk;
        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
        Assert.Equal("failure", await page.EvaluateAsync("document.querySelector('main').dataset.outcome"));
        await AssertReadsWellAsync(page, "interactive-failure");
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_page_in_Chromium_that_calls_the_listener_first_does_not_end_the_sign_in()
    {
        _ = server.Issuer;
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        var browser = new Person(page, "called-first", refuses: false)
        {
            Before = async address =>
            {
                string back = FormText.Read(address.Query).Single(field => field.Key == "redirect_uri").Value;
                string state = FormText.Read(address.Query).Single(field => field.Key == "state").Value;

                // One by a navigation without the state, one by a script of a page of another origin that even knows it.
                await page.OpenAsync(new Uri(back + "?error=access_denied"));
                Assert.Contains("This is not the answer", await page.EvaluateAsync("document.querySelector('h1').innerText"), StringComparison.Ordinal);
                await page.OpenAsync(new Uri(server.Issuer + "/.well-known/openid-configuration"));
                await page.EvaluateAsync($"(() => {{ fetch('{back}?code=x&state={state}').catch(() => 0); return 'asked'; }})()");
            },
        };

        AuthToken token = await new EngineHost(browser: browser).GetAsync(Request("native") with { Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "false" } });

        await browser.Walk;
        Assert.Equal("carol", token.Subject);
        Assert.Equal("success", await page.EvaluateAsync("document.querySelector('main').dataset.outcome"));
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_approves_a_device_in_Chromium()
    {
        _ = server.Issuer;
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();
        var person = new Person(page, "device", refuses: false);
        var host = new EngineHost(new HurriedClock());
        bool isDone = false;
        host.Log.Reader = _ =>
        {
            if (!isDone)
            {
                isDone = true;
                string lines = string.Join('\n', host.Log.Lines);
                string address = Regex.Match(lines, @"  address  (\S+)").Groups[1].Value;
                string code = Regex.Match(lines, @"  code     (\S+)").Groups[1].Value;
                Task.Run(() => person.WalkAsync(new Uri($"{address}?user_code={Uri.EscapeDataString(code)}"))).GetAwaiter().GetResult();
            }
        };

        AuthToken token = await host.GetAsync(server.As("device", "openid") with { Grant = GrantNames.DeviceCode });

        Assert.Equal("carol", token.Subject);
    }

    private TokenRequest Request(string client) => server.As(client, "openid") with { Grant = GrantNames.Interactive };

    // Nothing runs over, in light and in dark, on a screen and on a phone.
    private static async Task AssertReadsWellAsync(ChromiumPage page, string name)
    {
        foreach (bool isDark in (bool[])[false, true])
        {
            await page.DarkAsync(isDark);
            await page.PictureAsync($"{name}-{(isDark ? "dark" : "light")}");
            Assert.Equal("true", await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"));
            Assert.Equal(isDark ? "rgb(18, 21, 26)" : "rgb(246, 247, 249)", await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
        }
    }

    /// <summary>Fills in what the server's pages ask, page by page.</summary>
    private sealed class Person(ChromiumPage page, string name, bool refuses) : IBrowser
    {
        private const string Fill = """
            (() => {
              const login = document.querySelector('input[name=login]');
              const cancel = [...document.querySelectorAll('a')].find(a => a.href.endsWith('/abort'));
              const form = document.querySelector('form');
              if (REFUSES && cancel) { setTimeout(() => cancel.click(), 0); return 'cancel'; }
              if (!form) return 'end';
              if (login) { login.value = 'carol'; document.querySelector('input[name=password]').value = 'anything'; }
              setTimeout(() => form.submit(), 0);
              return 'next';
            })()
            """;

        public Task Walk { get; private set; } = Task.CompletedTask;

        /// <summary>What happens in the browser before the person gets to it.</summary>
        public Func<Uri, Task> Before { get; init; } = static _ => Task.CompletedTask;

        public Task<int> Open(Uri address, string? path)
        {
            Walk = Task.Run(() => WalkAsync(address));
            return new TaskCompletionSource<int>().Task;
        }

        public async Task WalkAsync(Uri address)
        {
            await Before(address);
            await page.OpenAsync(address);
            for (int number = 1; number <= MaxPages; number++)
            {
                await page.PictureAsync($"{name}-page-{number}");
                if (await page.EvaluateAsync(Fill.Replace("REFUSES", refuses ? "true" : "false")) == "end")
                {
                    return;
                }

                await page.LoadedAsync();
            }

            throw new InvalidOperationException("The sign-in does not come to an end.");
        }
    }
}
