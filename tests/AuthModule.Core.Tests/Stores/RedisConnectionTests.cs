using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using Xunit;

namespace AuthModule.Core.Tests.Stores;

public sealed class RedisConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "G10")]
    public async Task Keys_have_the_prefix_and_redis_own_expiry()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open($"redis://127.0.0.1:{server.Port}/2?prefix=team:");
        await store.SetAsync("a", [1], TimeSpan.FromMinutes(1), Stop);
        Assert.Contains("team:a", await Keys(server, 2), StringComparison.Ordinal);
        Assert.Contains("db2:keys=1,expires=1", await server.AskAsync("INFO", "keyspace"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "G10")]
    public async Task A_user_and_password_are_used_and_never_shown()
    {
        await using RedisServer server = await RedisServer.StartAsync("--requirepass", "canary-default", "--user", "app", "on", ">canary-app", "~authmodule:*", "+@all");
        using RedisStore byUser = Open($"redis://app:canary-app@127.0.0.1:{server.Port}/0");
        await byUser.SetAsync("a", [1], null, Stop);
        using var byVariable = new RedisStore(RedisAddress.Parse(server.Address, new TestEnvironment { { "REDIS_PASSWORD", "canary-default" } }), TimeProvider.System);
        Assert.Equal((byte[])[1], await byVariable.GetAsync("a", Stop));

        foreach ((string user, string expected) in ((string, string)[])[("app:canary-wrong@", "does not take the user name and password"), (string.Empty, "wants a user name and password")])
        {
            using RedisStore refused = Open($"redis://{user}127.0.0.1:{server.Port}/0");
            AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await refused.GetAsync("a", Stop));
            Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains($"redis://127.0.0.1:{server.Port}/0", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", error + error.ToJson() + refused.Name, StringComparison.Ordinal);
        }

        using RedisStore elsewhere = Open($"redis://app:canary-app@127.0.0.1:{server.Port}/0?prefix=other:");
        AuthServiceException forbidden = await Assert.ThrowsAsync<AuthServiceException>(async () => await elsewhere.GetAsync("a", Stop));
        Assert.Contains("may not use GET", forbidden.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "G10")]
    public async Task Tls_is_spoken_and_an_unknown_certificate_refused()
    {
        using var folder = new TestFolder();
        await WriteCertificateAsync(folder);
        await using RedisServer server = await RedisServer.StartAsync(
            "--tls-cert-file", folder.File("cert.pem"), "--tls-key-file", folder.File("key.pem"), "--tls-ca-cert-file", folder.File("cert.pem"), "--tls-auth-clients", "no");
        using RedisStore trusted = Open($"rediss://localhost:{server.Port}/0?ca={Uri.EscapeDataString(folder.File("cert.pem"))}");
        await trusted.SetAsync("a", [1], null, Stop);
        Assert.Equal((byte[])[1], await trusted.GetAsync("a", Stop));

        using RedisStore unknown = Open($"rediss://localhost:{server.Port}/0");
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await unknown.GetAsync("a", Stop));
        Assert.Contains("its TLS is not trusted", error.Message, StringComparison.Ordinal);
        using RedisStore otherName = Open($"rediss://127.0.0.1:{server.Port}/0?ca={Uri.EscapeDataString(folder.File("cert.pem"))}");
        error = await Assert.ThrowsAsync<AuthServiceException>(async () => await otherName.GetAsync("a", Stop));
        Assert.Contains("another host name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_an_error_that_names_the_store()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using RedisStore store = Open($"redis://u:canary@127.0.0.1:{port}/0");
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await store.GetAsync("a", Stop));
        Assert.Equal($"Store redis://127.0.0.1:{port}/0 cannot be used: the connection was refused.", error.Message);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_broken_connection_is_opened_again()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await store.SetAsync("a", [1], null, Stop);
        await server.AskAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Assert.Equal((byte[])[1], await store.GetAsync("a", Stop));
    }

    [Fact]
    public async Task Many_callers_on_one_connection_get_their_own_answers()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(
            async () =>
            {
                await store.SetAsync("k" + i, BitConverter.GetBytes(i), null, Stop);
                Assert.Equal(i, BitConverter.ToInt32(await store.GetAsync("k" + i, Stop)));
            },
            Stop)));
        Assert.Contains("connected_clients:2\r", await server.AskAsync("INFO", "clients"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_leaves_disturbs_no_other()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await store.SetAsync("a", [1], null, Stop);
        for (int i = 0; i < 50; i++)
        {
            using var leave = new CancellationTokenSource();
            Task<byte[]?> left = store.GetAsync("a", leave.Token).AsTask();
            Task<byte[]?> stays = store.GetAsync("b" + i, Stop).AsTask();
            await leave.CancelAsync();
            Assert.Null(await stays);
            await Task.WhenAny(left);
        }

        Assert.Equal((byte[])[1], await store.GetAsync("a", Stop));
    }

    [Fact]
    [Trait("Feature", "G10")]
    public async Task Servers_without_getdel_take_by_script()
    {
        await using RedisServer server = await RedisServer.StartAsync("--rename-command", "GETDEL", string.Empty);
        using RedisStore store = Open(server.Address);
        await store.SetAsync("a", [7], null, Stop);
        byte[]?[] taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => store.TakeAsync("a", Stop).AsTask()));
        Assert.Equal<byte>([7], Assert.Single(taken, value => value is not null)!);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_lock_outlives_its_lease_while_its_holder_lives_and_is_lost_when_taken_away()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await using IStoreLock held = await store.LockAsync("a", TimeSpan.FromMilliseconds(300), Stop);
        string lockKey = new RedisKeys(RedisAddress.DefaultPrefix).LockOf("a");

        // Asked until the lease was renewed: more is left than a moment ago.
        long least = long.MaxValue;
        while (true)
        {
            long left = long.Parse((await server.AskAsync("PTTL", lockKey)).Split('\r')[0].TrimStart(':'), System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(left > 0, "The lock ran out while its holder lived.");
            if (left > least)
            {
                break;
            }

            least = left;
        }

        Assert.True(await held.IsHeldAsync(Stop));
        await server.AskAsync("SET", lockKey, "another");
        Assert.False(await held.IsHeldAsync(Stop));
        await held.DisposeAsync();
        Assert.Contains("another", await server.AskAsync("GET", lockKey), StringComparison.Ordinal);
    }

    private static RedisStore Open(string address) => new(RedisAddress.Parse(address, new TestEnvironment()), TimeProvider.System);

    private static async Task<string> Keys(RedisServer server, int database) =>
        await server.AskAsync("EVAL", $"redis.call('select', {database}) return redis.call('keys', '*')", "0");

    private static async Task WriteCertificateAsync(TestFolder folder)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder.File("cert.pem"), certificate.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem(), Stop);
    }
}
