using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>TLS to a Redis: the name, an authority of one's own, a certificate of the client.</summary>
[Trait("Feature", "E1")]
public sealed class RedisTlsTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_client_certificate_is_shown_where_the_server_wants_one()
    {
        await using RedisServer server = await StartAsync("--tls-auth-clients", "yes");
        string ca = Uri.EscapeDataString(folder.File("ca.pem"));
        using RedisStore shown = Open($"rediss://localhost:{server.Port}/0?ca={ca}&cert={Uri.EscapeDataString(folder.File("client.pem"))}&key={Uri.EscapeDataString(folder.File("client.key"))}");
        await shown.SetAsync("a", [1], null, Stop);
        Assert.Equal([1], await shown.GetAsync("a", Stop));

        using RedisStore none = Open($"rediss://localhost:{server.Port}/0?ca={ca}");
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await none.GetAsync("a", Stop));
        Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
        using RedisStore missing = Open($"rediss://localhost:{server.Port}/0?ca={ca}&cert=/nowhere/client.pem");
        Assert.Equal(AuthErrorId.InvalidCertificate, (await Assert.ThrowsAnyAsync<AuthException>(async () => await missing.GetAsync("a", Stop))).Code);
    }

    [Fact]
    public async Task The_name_in_the_certificate_may_be_another_than_the_hosts()
    {
        await using RedisServer server = await StartAsync("--tls-auth-clients", "no");
        string ca = Uri.EscapeDataString(folder.File("ca.pem"));
        using RedisStore named = Open($"rediss://127.0.0.1:{server.Port}/0?ca={ca}&servername=localhost");
        await named.SetAsync("a", [1], null, Stop);
        using RedisStore wrong = Open($"rediss://localhost:{server.Port}/0?ca={ca}&servername=cache.example");
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await wrong.GetAsync("a", Stop));
        Assert.Contains("another host name", error.Message, StringComparison.Ordinal);
        Assert.Contains("servername=NAME", error.RecommendedAction, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    private static RedisStore Open(string address) => new(RedisAddress.Parse(address, new TestEnvironment()), TimeProvider.System);

    private async Task<RedisServer> StartAsync(params string[] options)
    {
        using RSA authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 root = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        await File.WriteAllTextAsync(folder.File("ca.pem"), root.ExportCertificatePem(), Stop);
        await WriteAsync(root, "server", "localhost");
        await WriteAsync(root, "client", "worker");
        return await RedisServer.StartAsync(["--tls-cert-file", folder.File("server.pem"), "--tls-key-file", folder.File("server.key"), "--tls-ca-cert-file", folder.File("ca.pem"), .. options]);
    }

    private async Task WriteAsync(X509Certificate2 root, string file, string name)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.Create(root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        await File.WriteAllTextAsync(folder.File(file + ".pem"), made.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(folder.File(file + ".key"), key.ExportPkcs8PrivateKeyPem(), Stop);
    }
}
