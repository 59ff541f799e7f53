using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Interaction;

namespace AuthModule.Core.Tests.Interaction;

public sealed class LoopbackTests : IDisposable
{
    private readonly LoopbackListener listener = LoopbackListener.Start("http://127.0.0.1/back", TimeProvider.System);

    public LoopbackTests() => listener.Expect(AnswerProof.OfState("s1"));

    public void Dispose() => listener.Dispose();

    [Fact]
    [Trait("Feature", "R5")]
    public void A_free_port_is_put_into_the_redirect_URI_and_nothing_else_changes()
    {
        Assert.Equal($"http://127.0.0.1:{listener.Port}/back", listener.RedirectUri);
        using LoopbackListener bare = LoopbackListener.Start("http://localhost", TimeProvider.System);
        Assert.Equal($"http://localhost:{bare.Port}", bare.RedirectUri);
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("POST /back?code=1&state=s1 HTTP/1.1", "HTTP/1.1 405")]
    [InlineData("GET /favicon.ico HTTP/1.1", "HTTP/1.1 404")]
    [InlineData("GET /back HTTP/1.1", "HTTP/1.1 404")]
    [InlineData("GET /backwards?code=1&state=s1 HTTP/1.1", "HTTP/1.1 404")]
    [InlineData("GET http://evil.example/back?code=1&state=s1 HTTP/1.1", "HTTP/1.1 400")]
    [InlineData("nonsense", "HTTP/1.1 400")]
    public async Task What_is_not_the_answer_is_turned_away_and_the_wait_goes_on(string line, string status)
    {
        Assert.StartsWith(status, await SendAsync($"{line}\r\nHost: 127.0.0.1:{listener.Port}\r\n\r\n"));
        await AssertStillWaitsAsync();
    }

    [Theory]
    [Trait("Feature", "R5")]
    [InlineData("Host: evil.example")]
    [InlineData("Host: 127.0.0.1:1")]
    [InlineData("X-Host: none")]
    public async Task A_page_whose_name_was_made_to_lead_here_is_turned_away(string host)
    {
        Assert.StartsWith("HTTP/1.1 400", await SendAsync($"GET /back?code=1&state=s1 HTTP/1.1\r\n{host}\r\n\r\n"));
        await AssertStillWaitsAsync();
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_silent_connection_and_a_long_request_keep_nobody_waiting()
    {
        using var silent = new TcpClient("127.0.0.1", listener.Port);
        string tooLong = await SendAsync($"GET /back?{new string('a', 64 * 1024)}");
        Assert.DoesNotContain("200", tooLong);
        await AssertStillWaitsAsync();
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task The_second_answer_finds_nobody()
    {
        Task<string> first = SendAsync($"GET /back?code=1&state=s1 HTTP/1.1\r\nHost: 127.0.0.1:{listener.Port}\r\n\r\n");
        using LoopbackCall call = await listener.WaitAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 404", await SendAsync($"GET /back?code=2&state=s1 HTTP/1.1\r\nHost: localhost:{listener.Port}\r\n\r\n"));

        await call.RespondAsync(200, LandingPage.Success("https://id.example.com"), TestContext.Current.CancellationToken);

        Assert.Equal("/back?code=1&state=s1", call.Target.Reveal());
        string page = await first;
        Assert.Contains("Content-Security-Policy: default-src 'none'", page);
        Assert.Contains("Cache-Control: no-store", page);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public void The_page_holds_what_a_server_says_as_text_and_asks_for_nothing()
    {
        string page = Encoding.UTF8.GetString(LandingPage.Failure("https://id.example.com", "<script>alert(1)</script> \" onload=\""));
        Assert.DoesNotContain("<script", page);
        Assert.Contains("&lt;script&gt;", page);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("url(", page);
        Assert.Contains("prefers-color-scheme: dark", page);
    }

    private async Task AssertStillWaitsAsync()
    {
        Task<string> page = SendAsync($"GET /back?code=right&state=s1 HTTP/1.1\r\nHost: 127.0.0.1:{listener.Port}\r\n\r\n");
        using LoopbackCall call = await listener.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("/back?code=right&state=s1", call.Target.Reveal());
        await call.RespondAsync(200, LandingPage.Success("https://id.example.com"), TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200", await page);
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", listener.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
