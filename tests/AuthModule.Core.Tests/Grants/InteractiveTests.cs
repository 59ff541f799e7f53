using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Interaction;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Time;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Grants;

[Collection(OidcProvider.Name)]
public sealed class InteractiveTests(OidcProviderServer server)
{
    [Theory]
    [Trait("Feature", "R5")]
    [Trait("Feature", "R12")]
    [InlineData("native", null, false)]
    [InlineData("native", "http://localhost/callback", false)]
    [InlineData("nativeDpop", null, true)]
    [InlineData("par", "http://127.0.0.1/callback", false)]
    public async Task A_person_signs_in_by_browser_and_sees_that_it_worked(string client, string? redirectUri, bool isBound)
    {
        using var walk = new SignInWalk { Login = "carol" };
        var browser = new WalkingBrowser(walk);
        var host = new EngineHost(browser: browser);

        AuthToken token = await host.GetAsync(Request(client, redirectUri) with { UseDpop = isBound });

        Assert.Equal(("carol", "interactive", isBound ? "DPoP" : "Bearer"), (token.Subject, token.Session.Grant, token.TokenType));
        Assert.True(await server.IsActiveAsync(token.ToPlainText()));
        (int status, string page) = await browser.LastPage;
        Assert.Equal(200, status);
        Assert.Contains("data-outcome=\"success\"", page);
        Assert.Contains("You are signed in", page);
        Assert.Equal(token.ToPlainText(), (await host.GetAsync(Request(client, redirectUri) with { UseDpop = isBound })).ToPlainText());
        Assert.NotEqual(token.ToPlainText(), (await host.UpdateAsync()).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_who_refuses_sees_that_it_did_not_work()
    {
        using var walk = new SignInWalk { Refuses = true };
        var browser = new WalkingBrowser(walk);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost(browser: browser).GetAsync(Request("native")));

        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
        (int status, string page) = await browser.LastPage;
        Assert.Equal(400, status);
        Assert.Contains("data-outcome=\"failure\"", page);
        Assert.Contains("access_denied", page);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task NonInteractive_is_InteractionRequired_and_opens_nothing()
    {
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => new EngineHost(browser: browser).GetAsync(Request("native") with { IsNonInteractive = true }));

        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
        Assert.True(error.IsInteractionRequired);
        Assert.Null(browser.Opened);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Without_a_browser_it_is_InteractionRequired()
    {
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => new EngineHost().GetAsync(Request("native") with { Input = new GrantInput { BrowserPath = "/nowhere/browser" } }));

        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
        Assert.Contains("-DeviceCode", error.RecommendedAction);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_machine_without_a_screen_has_no_browser()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux is without a screen");
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost().GetAsync(Request("native")));
        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
        Assert.Contains("DISPLAY", error.Message);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData(1, 0)]
    [InlineData(0, 60)]
    public async Task A_browser_that_fails_or_is_closed_ends_the_wait(int exitCode, int secondsOpen)
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        var browser = new ClosingBrowser();
        var host = new EngineHost(clock, browser);
        Task<AuthToken> signIn = host.GetAsync(Request("native"));
        await browser.Opened.Task;
        clock.Advance(TimeSpan.FromSeconds(secondsOpen));
        browser.Exit.SetResult(exitCode);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => signIn);

        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_who_does_nothing_lets_the_sign_in_run_out()
    {
        var browser = new ClosingBrowser();

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(() => new EngineHost(new HurriedClock(), browser).GetAsync(Request("native")));

        Assert.Equal(AuthErrorId.AuthorizationExpired, error.Code);
        Assert.Contains("5 minutes", error.Message);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Ctrl_C_ends_the_wait_and_frees_the_port()
    {
        var browser = new ClosingBrowser();
        var host = new EngineHost(browser: browser);
        using var stop = new CancellationTokenSource();
        AuthSession session = host.Engine.Open(host.Table, Request("native") with { Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "false" } });
        Task<AuthToken> signIn = host.Engine.GetTokenAsync(host.Table, session, TokenRequirement.Default, host.Log, stop.Token).AsTask();
        Uri opened = await browser.Opened.Task;
        await stop.CancelAsync();

        Assert.Equal(AuthErrorId.Canceled, (await Assert.ThrowsAsync<AuthServiceException>(() => signIn)).Code);
        string redirect = FormText.Read(opened.Query).Single(field => field.Key == "redirect_uri").Value;
        await WaitUntilFreeAsync(new Uri(redirect).Port);
    }

    // The caller is let go at once; what it began ends beside it.
    private static async Task WaitUntilFreeAsync(int port)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var next = new TcpListener(IPAddress.Loopback, port);
                next.Start();
                return;
            }
            catch (SocketException held) when (held.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_program_that_the_caller_names_gets_the_whole_address_as_one_argument()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the program of this test is a shell script");
            return;
        }

        using var seen = new TempFile(string.Empty);
        using var script = new TempFile($"#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" > '{seen.Path}'\nexit 3\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost().GetAsync(Request("native") with
        {
            Input = new GrantInput { BrowserPath = script.Path },
            Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "false", ["ui_locales"] = "de \"en\" $HOME" },
        }));

        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
        string[] got = (await File.ReadAllTextAsync(seen.Path, TestContext.Current.CancellationToken)).Split('|');
        Assert.Equal("1", got[0]);
        Assert.StartsWith(server.Issuer + "/auth?response_type=code&client_id=native&", got[1]);
        Assert.Equal("de \"en\" $HOME", FormText.Read(new Uri(got[1]).Query).Single(field => field.Key == "ui_locales").Value);
    }

    [Fact]
    [Trait("Feature", "R5")]
    [Trait("Feature", "N10")]
    public async Task The_browser_does_not_inherit_secrets_of_the_environment()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the program of this test is a shell script");
            return;
        }

        Environment.SetEnvironmentVariable("CANARY_BROWSER_CLIENT_SECRET", "canary");
        Environment.SetEnvironmentVariable("CANARY_BROWSER_DATABASE", "postgres://app:canary@db.example/app");
        Environment.SetEnvironmentVariable("CANARY_BROWSER_SETTING", "kept");
        try
        {
            using var seen = new TempFile(string.Empty);
            using var script = new TempFile($"#!/bin/sh\nenv > '{seen.Path}'\nexit 3\n");
            File.SetUnixFileMode(script.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost().GetAsync(Request("native") with
            {
                Input = new GrantInput { BrowserPath = script.Path },
                Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "false" },
            }));

            string environment = await File.ReadAllTextAsync(seen.Path, TestContext.Current.CancellationToken);
            Assert.Contains("CANARY_BROWSER_SETTING=kept", environment, StringComparison.Ordinal);
            Assert.Contains("PATH=", environment, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY_BROWSER_DATABASE", environment, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY_BROWSER_CLIENT_SECRET", environment, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CANARY_BROWSER_CLIENT_SECRET", null);
            Environment.SetEnvironmentVariable("CANARY_BROWSER_DATABASE", null);
            Environment.SetEnvironmentVariable("CANARY_BROWSER_SETTING", null);
        }
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_taken_port_is_said_plainly()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => new EngineHost().GetAsync(Request("native", $"http://127.0.0.1:{port}/")));

        Assert.Equal(AuthErrorId.InvalidUrl, error.Code);
        Assert.Contains("another program uses it", error.Message);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("https://client.example/callback")]
    [InlineData("https://127.0.0.1/callback")]
    [InlineData("app:/callback")]
    public async Task A_redirect_URI_elsewhere_is_refused_before_anything_is_sent(string redirectUri)
    {
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => new EngineHost().GetAsync(Request("native", redirectUri)));
        Assert.Equal(AuthErrorId.InvalidUrl, error.Code);
        Assert.Contains("New-AuthAuthorizationRequest", error.RecommendedAction);
    }

    private TokenRequest Request(string client, string? redirectUri = null) =>
        server.As(client, "openid") with { Grant = GrantNames.Interactive, Input = new GrantInput { RedirectUri = redirectUri } };

    private sealed class ClosingBrowser : IBrowser
    {
        public TaskCompletionSource<Uri> Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<int> Exit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> Open(Uri address, string? path)
        {
            Opened.SetResult(address);
            return Exit.Task;
        }
    }
}
