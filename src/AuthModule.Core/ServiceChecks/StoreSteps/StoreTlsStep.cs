using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Stores.Redis;
using AuthModule.Text;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether the connection can be made safe: the protocol, and the certificate with its chain, name and dates.</summary>
internal sealed class StoreTlsStep : IStoreStep
{
    private const int SoonDays = 30;

    public string Name => StepNames.Tls;

    public IReadOnlyList<string> Needs => [StepNames.Connection];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        RedisAddress address = context.Redis!;
        if (!address.UsesTls)
        {
            return ServiceCheck.NotRun(Name, "the address is redis: there is no TLS");
        }

        (RedisHost host, System.Net.IPAddress[] places) = context.Hosts[0];
        string name = address.ServerName ?? host.Host;
        TransportSettings transport = TransportSettings.Default with
        {
            Timeout = RedisConnector.Timeout,
            CaCertificate = address.CaCertificate,
            ClientCertificate = RedisCertificate.Read(address),
        };
        var url = new Uri($"https://{new RedisHost(name, host.Port)}");
        TlsFindings found = await TlsProbe.LookAsync(places[0], url, transport, context.Clock, cancellationToken).ConfigureAwait(false);
        if (found.HandshakeFault is { } broken)
        {
            return ServiceCheck.Fault(Name, AuthErrorId.StoreUnavailable, broken.Detail, "Check that the Redis speaks TLS on this port (rediss:// and its TLS port), and whether it asks for a client certificate (cert=FILE&key=FILE).");
        }

        DateTimeOffset now = context.Clock.GetUtcNow();
        string names = found.Names.Count > 0 ? Listed.Of(found.Names) : "no host";
        string certificate = $"{(found.Protocol.Length > 0 ? found.Protocol + "; " : string.Empty)}certificate for {names}, issued by {DisplayText.Text(found.Issuer)}, ends {DisplayText.Time(found.NotAfter)}";
        if (found.CertificateFault is not { } fault)
        {
            return ServiceCheck.Ok(Name, certificate, (found.NotAfter - now).TotalDays < SoonDays ? "Have the certificate renewed before it ends." : null);
        }

        (string what, _) = CertificateAdvice.For(found, fault, now, name, address.CaCertificate is not null);
        return ServiceCheck.Fault(
            Name,
            AuthErrorId.StoreUnavailable,
            $"{what}; {certificate}",
            found.IsForAnotherHost
                ? "Use a name that the certificate has, or say which it has: servername=NAME."
                : "For a private authority name its file: ca=FILE. For a public one let the server send its intermediate certificates.");
    }
}
