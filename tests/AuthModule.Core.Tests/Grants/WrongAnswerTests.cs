using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Interaction;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Time;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Grants;

/// <summary>Whoever comes to the loopback first with something else: it is turned away, and the sign-in goes on to its own answer.</summary>
[Collection(OidcProvider.Name)]
public sealed class WrongAnswerTests(OidcProviderServer server)
{
    private const string Canary = "CANARY-not-the-services-words";

    private static readonly string[] Queries =
    [
        "code=x&state=WRONG", "code=x", "code=x&state=", "state=", "state", "code=x&state={state}x", "code=x&state={State}",
        "code=x&state={state}&state={state}", "code=x&state={state}&state=WRONG", "code=x&state=%20{state}", "code=x&State={state}", "code=x&pass={state}", "code=x&state={nonce}",
        $"error=access_denied&error_description={Canary}", $"error={Canary}", $"error=access_denied&error_description={Canary}&state=WRONG",
        $"error=server_error&error_description={Canary}&iss={{issuer}}", "code=x#state={state}", "?state={state}&code=x&?state=y&state=z", "code=x&iss={issuer}",
    ];

    // A page elsewhere can let a browser ask for anything, but not hide that it does.
    private static readonly string[] ForeignHeads =
    [
        "Host: 127.0.0.1:{port}\r\nOrigin: https://evil.example", "Host: 127.0.0.1:{port}\r\nOrigin: null", "Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:1",
        "Host: evil.example:{port}", "Host: 127.0.0.1.evil.example:{port}", "Host: 127.0.0.1:1", "X: 1", "Host: 127.0.0.1:{port}\r\norigin:https://127.0.0.1.evil.example:{port}",
    ];

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Every_wrong_answer_is_turned_away_and_counted_and_the_right_one_signs_in()
    {
        using var walk = new SignInWalk { Login = "carol" };
        List<string> said = [];
        int sent = 0;
        var browser = new WrongFirstBrowser(walk, async (opened, back) =>
        {
            string state = Of(opened, "state"), nonce = Of(opened, "nonce");
            string[] queries = [.. Queries.Select(query => query
                .Replace("{state}", state, StringComparison.Ordinal)
                .Replace("{State}", Changed(state), StringComparison.Ordinal)
                .Replace("{nonce}", nonce, StringComparison.Ordinal)
                .Replace("{issuer}", Uri.EscapeDataString(server.Issuer), StringComparison.Ordinal))];
            IEnumerable<string> requests = queries.Select(query => $"GET {back.AbsolutePath}?{query} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}")
                .Concat(ForeignHeads.Select(head => $"GET {back.AbsolutePath}?code=x&state={state} HTTP/1.1\r\n{head}"));
            foreach (string request in requests)
            {
                sent++;
                said.Add(await RawRequest.SendAsync(back.Port, request));
            }
        });
        var host = new EngineHost(browser: browser);

        AuthToken token = await host.GetAsync(Request("native"));

        Assert.Equal("carol", token.Subject);
        Assert.Equal(Queries.Length + ForeignHeads.Length, sent);
        Assert.All(said, reply =>
        {
            Assert.StartsWith("HTTP/1.1 400 ", reply, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, reply, StringComparison.Ordinal);
            Assert.Contains("The sign-in goes on", reply, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
        Figures.Add("Loopback: wrong answers before the right one", $"{sent}");
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Where_only_wrong_answers_come_the_time_out_says_how_many_and_quotes_none()
    {
        var browser = new WrongFirstBrowser(null, async (_, back) =>
        {
            for (int i = 0; i < 3; i++)
            {
                await RawRequest.SendAsync(back.Port, $"GET {back.AbsolutePath}?error=access_denied&error_description={Canary} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}");
            }
        });

        // Time begins to pass when the wrong ones have been answered.
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        Task<AuthToken> signIn = new EngineHost(clock, browser).GetAsync(Request("native"));
        await browser.Done.Task;
        while (!signIn.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(() => signIn);
        Assert.Equal(AuthErrorId.AuthorizationExpired, error.Code);
        Assert.Contains("3 requests were turned away", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task An_error_of_the_service_with_the_right_state_ends_the_sign_in()
    {
        using var walk = new SignInWalk { Refuses = true };
        var browser = new WrongFirstBrowser(walk, async (_, back) =>
            await RawRequest.SendAsync(back.Port, $"GET {back.AbsolutePath}?error=invalid_scope HTTP/1.1\r\nHost: 127.0.0.1:{{port}}"));

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost(browser: browser).GetAsync(Request("native")));

        Assert.Equal((AuthErrorId.AccessDenied, "access_denied"), (error.Code, error.OAuthError));
    }

    [Fact]
    [Trait("Feature", "R17")]
    public async Task A_sign_out_waits_for_its_own_browser_too()
    {
        using var walk = new SignInWalk();
        var host = new EngineHost(browser: new WrongFirstBrowser(walk, static (_, _) => Task.CompletedTask));
        AuthToken token = await host.GetAsync(Request("native"));
        List<string> said = [];
        var browser = new RawBrowser(async opened =>
        {
            foreach (string query in (string[])["pass=WRONG", "pass", "x=1", "pass=", "state=x", opened.Query[1..] + "x", opened.Query[1..] + "&" + opened.Query[1..]])
            {
                said.Add(await RawRequest.SendAsync(opened.Port, $"GET /?{query} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}"));
            }

            return await RawRequest.SendAsync(opened.Port, $"GET {opened.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}");
        });
        Uri? logout = await host.Engine.Logout.FindUrlAsync(token.Session, null, null, host.Log, TestContext.Current.CancellationToken);

        await new SessionLogout(host.Engine.Endpoints, browser, host.Clock).OpenAsync(token.Session, logout, null, host.Log, TestContext.Current.CancellationToken);

        Assert.All(said, reply =>
        {
            Assert.StartsWith("HTTP/1.1 400 ", reply, StringComparison.Ordinal);
            Assert.DoesNotContain("Location", reply, StringComparison.OrdinalIgnoreCase);
        });
        string redirected = await browser.Last;
        Assert.StartsWith("HTTP/1.1 302 ", redirected, StringComparison.Ordinal);
        Assert.Contains("id_token_hint=" + token.Tokens.IdToken!.Reveal(), redirected, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task More_connections_than_there_is_room_for_keep_the_browser_out_no_time()
    {
        using LoopbackListener listener = LoopbackListener.Start("http://127.0.0.1/back", TimeProvider.System);
        listener.Expect(AnswerProof.OfState("s1"));
        List<TcpClient> silent = [];
        try
        {
            for (int i = 0; i < LoopbackListener.MaxConnections * 3; i++)
            {
                silent.Add(new TcpClient("127.0.0.1", listener.Port));
            }

            Task<string> page = RawRequest.SendAsync(listener.Port, "GET /back?code=c&state=s1 HTTP/1.1\r\nHost: 127.0.0.1:{port}");
            using (LoopbackCall call = await listener.WaitAsync(TestContext.Current.CancellationToken))
            {
                await call.RespondAsync(200, LandingPage.Success("https://id.example.com"), TestContext.Current.CancellationToken);
            }

            Assert.StartsWith("HTTP/1.1 200 ", await page, StringComparison.Ordinal);

            // Those that came first have been hung up on.
            Assert.True(await IsClosedAsync(silent[0]));
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_request_that_came_before_the_sign_in_was_ready_is_not_its_answer()
    {
        using LoopbackListener listener = LoopbackListener.Start("http://127.0.0.1/back", TimeProvider.System);
        Assert.StartsWith("HTTP/1.1 400 ", await RawRequest.SendAsync(listener.Port, "GET /back?code=c&state=s1 HTTP/1.1\r\nHost: 127.0.0.1:{port}"), StringComparison.Ordinal);
        Assert.Equal(1, listener.Rejected);
    }

    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Changed(string state) => (state[0] == 'x' ? 'y' : 'x') + state[1..];

    private static string Of(Uri address, string field) => FormText.Read(address.Query).Single(pair => pair.Key == field).Value;

    private TokenRequest Request(string client) => server.As(client, "openid") with
    {
        Grant = GrantNames.Interactive,
        Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "false" },
    };

    /// <summary>Somebody is faster than the person.</summary>
    private sealed class WrongFirstBrowser(SignInWalk? walk, Func<Uri, Uri, Task> first) : IBrowser
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> Open(Uri address, string? path)
        {
            _ = Task.Run(async () =>
            {
                await first(address, new Uri(Of(address, "redirect_uri")));
                Done.SetResult();
                if (walk is not null)
                {
                    var back = new Uri(await walk.GoAsync(address));
                    await RawRequest.SendAsync(back.Port, $"GET {back.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{{port}}");
                }
            });
            return new TaskCompletionSource<int>().Task;
        }
    }

    private sealed class RawBrowser(Func<Uri, Task<string>> visit) : IBrowser
    {
        public Task<string> Last { get; private set; } = Task.FromResult(string.Empty);

        public Task<int> Open(Uri address, string? path)
        {
            Last = Task.Run(() => visit(address));
            return new TaskCompletionSource<int>().Task;
        }
    }
}
