using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Http;

public sealed class ProxyTests
{
    [Theory]
    [Trait("Feature", "P3")]
    [InlineData("proxy.contoso.invalid:8080")]
    [InlineData("proxy")]
    [InlineData("127.0.0.1:1")]
    [InlineData("ftp://proxy.contoso.invalid")]
    public async Task A_proxy_that_is_no_http_address_is_refused_by_its_name(string proxy)
    {
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => GetAsync("https://id.contoso.invalid", new Uri(proxy, UriKind.RelativeOrAbsolute)));

        Assert.Equal(AuthErrorId.InvalidUrl, refused.Code);
        Assert.Contains($"-Proxy '{proxy}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N9")]
    public async Task Credentials_in_a_proxys_address_are_refused_and_not_shown()
    {
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => GetAsync("https://id.contoso.invalid", new Uri("http://user:proxy-canary@proxy.contoso.invalid:8080")));

        Assert.Equal(AuthErrorId.InvalidUrl, refused.Code);
        Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("-ProxyCredential", refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N9")]
    public async Task A_proxy_that_nobody_listens_at_is_blamed_and_not_the_service()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string place = taken.LocalEndPoint!.ToString()!;

        var failure = await Assert.ThrowsAsync<AuthServiceException>(() => GetAsync("https://id.contoso.invalid", new Uri($"http://{place}")));

        Assert.Equal(AuthErrorId.NetworkFailure, failure.Code);
        Assert.Equal($"The proxy on the way to https://id.contoso.invalid cannot be reached: the connection was refused ({place}).", failure.Message);
        Assert.Contains("-Proxy", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "N9")]
    [InlineData("407 Proxy Authentication Required", "(407)", "-ProxyCredential")]
    [InlineData("403 Forbidden", "(403)", "Check the proxy")]
    public async Task A_proxy_that_opens_no_way_is_named_with_what_it_said(string status, string shown, string advice)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task proxy = AnswerAsync(listener, status);

        var failure = await Assert.ThrowsAsync<AuthServiceException>(() => GetAsync("https://id.contoso.invalid", new Uri($"http://{listener.LocalEndpoint}")));

        await proxy;
        Assert.Equal(AuthErrorId.NetworkFailure, failure.Code);
        Assert.Equal($"The proxy {listener.LocalEndpoint} did not open the way to https://id.contoso.invalid {shown}.", failure.Message);
        Assert.Contains(advice, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N9")]
    public async Task A_time_out_behind_a_proxy_names_the_proxy()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var failure = await Assert.ThrowsAsync<AuthServiceException>(() => GetAsync("https://id.contoso.invalid", new Uri($"http://{silent.LocalEndpoint}"), TimeSpan.FromSeconds(5)));

        Assert.Equal(AuthErrorId.Timeout, failure.Code);
        Assert.Contains($" through the proxy {silent.LocalEndpoint} within ", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener listener, string status)
    {
        using TcpClient caller = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(caller.GetStream());
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
        {
        }

        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
    }

    private static Task<AuthToken> GetAsync(string authority, Uri proxy, TimeSpan? timeout = null) => new EngineHost(new HurriedClock()).GetAsync(new TokenRequest
    {
        Authority = authority,
        ClientId = "nightly",
        Client = new ClientCredential { Secret = Secret.From("s") },
        Transport = new TransportSettings { Proxy = proxy, MaximumRetryCount = 0, Timeout = timeout ?? TransportSettings.Default.Timeout },
    });
}
