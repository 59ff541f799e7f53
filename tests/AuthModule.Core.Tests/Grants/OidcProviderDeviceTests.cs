using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Grants;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderDeviceTests(OidcProviderServer server)
{
    private readonly EngineHost host = new(new HurriedClock());

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_signs_in_on_another_device_while_the_terminal_waits()
    {
        // The first poll finds nobody signed in; the person acts before the second one.
        int steps = 0;
        host.Log.Reader = _ =>
        {
            if (++steps == 3)
            {
                SignIn(refuses: false);
            }
        };

        AuthToken token = await host.GetAsync(Request("device", "openid"));

        Assert.Equal(("alice", GrantNames.DeviceCode, true), (token.Subject, token.Session.Grant, token.HasRefreshToken));
        Assert.True(await server.IsActiveAsync(token.ToPlainText()));
        Assert.True(await server.CountAsync("/token") >= 2);
        string shown = string.Join('\n', host.Log.Lines.Where(line => line.StartsWith("Information", StringComparison.Ordinal)));
        Assert.Contains("address", shown);
        Assert.Contains("█", shown);
        Assert.Contains(host.Log.Lines, line => line.Contains("Ctrl+C"));
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_who_refuses_is_AccessDenied()
    {
        bool isDone = false;
        host.Log.Reader = _ =>
        {
            if (!isDone)
            {
                isDone = true;
                SignIn(refuses: true);
            }
        };

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request("deviceDefaultInterval")));

        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_code_that_nobody_enters_is_DeviceCodeExpired()
    {
        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(() => host.GetAsync(Request("short")));

        Assert.Equal(AuthErrorId.DeviceCodeExpired, error.Code);
        Assert.True(error.IsInteractionRequired);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task NonInteractive_is_InteractionRequired()
    {
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request("device") with { IsNonInteractive = true }));
        Assert.Equal(AuthErrorId.InteractionRequired, error.Code);
    }

    private TokenRequest Request(string client, params string[] scopes) => server.As(client, scopes) with { Grant = GrantNames.DeviceCode };

    // As a person does: reads address and code from the terminal and types them into a browser.
    private void SignIn(bool refuses)
    {
        string lines = string.Join('\n', host.Log.Lines);
        string address = Regex.Match(lines, @"  address  (\S+)").Groups[1].Value;
        string code = Regex.Match(lines, @"  code     (\S+)").Groups[1].Value;
        using var walk = new SignInWalk { Refuses = refuses };
        Task.Run(() => walk.GoAsync(new Uri($"{address}?user_code={Uri.EscapeDataString(code)}"))).GetAwaiter().GetResult();
    }
}
