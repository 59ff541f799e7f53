using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.TestKit.Certificates;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.ServiceChecks;

/// <summary>OpenSSL's server, told to speak TLS 1.1 and nothing else.</summary>
internal sealed class OldTlsServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly TempFile certificate;

    private readonly Task reading;

    private OldTlsServer(Process process, TempFile certificate, string address)
    {
        this.process = process;
        this.certificate = certificate;
        Address = address;
        reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public string Address { get; }

    /// <summary>Null where there is no openssl, or one that speaks no old protocol.</summary>
    public static async Task<OldTlsServer?> StartAsync(TestCertificates certificates)
    {
        using X509Certificate2 server = certificates.Server();
        var file = new TempFile(server.ExportCertificatePem() + "\n" + server.GetECDsaPrivateKey()!.ExportECPrivateKeyPem() + "\n");
        Process? process = AuthModule.Core.Tests.Support.Program.Start(
            "openssl", ["s_server", "-accept", "127.0.0.1:0", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-cert", file.Path, "-key", file.Path], Path.GetTempPath());
        while (process is not null && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
            {
                return new OldTlsServer(process, file, "https://127.0.0.1:" + line.Split(':')[^1]);
            }
        }

        file.Dispose();
        process?.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
        certificate.Dispose();
    }
}
