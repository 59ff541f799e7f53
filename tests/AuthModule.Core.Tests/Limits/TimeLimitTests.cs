using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Limits;

/// <summary>A store that never answers has the time of the call, and no more.</summary>
[Trait("Feature", "N8")]
public sealed class TimeLimitTests
{
    private static readonly TransportSettings Brief = TransportSettings.Default with { Timeout = TimeSpan.FromMilliseconds(300) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_of_files_that_nobody_gives_back()
    {
        using var folder = new TestFolder();
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"a1","expires_in":3600}""");
        EngineHost host = Host();
        TokenRequest request = Request(server) with { Store = $"file:{folder.Path}/s" };
        AuthSession session = host.Engine.Open(host.Table, request);
        ISessionStore store = host.Engine.SharedStores.Open(request.Store!);
        await using IStoreLock held = await store.LockAsync(session.Key, Stop);

        AuthServiceException late = await Assert.ThrowsAsync<AuthServiceException>(() => host.GetAsync(request));

        Assert.Equal(AuthErrorId.StoreUnavailable, late.Code);
        Assert.Contains("did not give its lock within 0.3 seconds", late.Message, StringComparison.Ordinal);
        Assert.Contains("-TimeoutSec", late.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Equal(AuthErrorId.StoreUnavailable, session.LastError?.Code ?? host.Table.Current?.LastError?.Code ?? late.Code);
    }

    [Fact]
    public async Task A_lock_that_comes_late_is_given_back()
    {
        using var folder = new TestFolder();
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"a1","expires_in":3600}""");
        EngineHost host = Host();
        TokenRequest request = Request(server) with { Store = $"file:{folder.Path}/s" };
        AuthSession session = host.Engine.Open(host.Table, request);
        IStoreLock held = await host.Engine.SharedStores.Open(request.Store!).LockAsync(session.Key, Stop);
        await Assert.ThrowsAsync<AuthServiceException>(() => host.GetAsync(request));
        await held.DisposeAsync();

        Assert.Equal("a1", (await host.GetAsync(request)).ToPlainText());
    }

    [Fact]
    public async Task A_redis_that_takes_connections_and_says_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        EngineHost host = Host();
        TokenRequest request = Request(server) with { Store = $"redis://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/0" };

        AuthServiceException late = await Assert.ThrowsAsync<AuthServiceException>(() => host.GetAsync(request));

        Assert.Equal(AuthErrorId.StoreUnavailable, late.Code);
        Assert.Contains("within 0.3 seconds", late.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_revocation_whose_store_is_locked()
    {
        using var folder = new TestFolder();
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"a1","expires_in":3600}""");
        EngineHost host = Host();
        TokenRequest request = Request(server) with { Store = $"file:{folder.Path}/s" };
        await host.GetAsync(request);
        await using IStoreLock held = await host.Engine.SharedStores.Open(request.Store!).LockAsync(host.Table.Current!.Key, Stop);

        AuthServiceException late = await Assert.ThrowsAsync<AuthServiceException>(() => host.RevokeAsync());

        Assert.Contains("did not give its lock within 0.3 seconds", late.Message, StringComparison.Ordinal);
    }

    private static EngineHost Host()
    {
        var host = new EngineHost();
        host.Variables["AUTHMODULE_STORE_KEY"] = Convert.ToBase64String(new byte[32]);
        return host;
    }

    private static TokenRequest Request(ScriptedServer server) => new()
    {
        Provider = "oauth2",
        Authority = server.Address,
        TokenEndpoint = server.Address + "/token",
        ClientId = "c",
        Client = new ClientCredential { Secret = Secret.From("the-secret") },
        Transport = Brief,
    };
}
