using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Text;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the connection can be made safe: the protocol, and the certificate with its chain, name and dates.</summary>
internal sealed class TlsStep : IDiagnosisStep
{
    // Enough time to order a new one.
    private const int SoonDays = 30;

    public string Name => StepNames.Tls;

    public IReadOnlyList<string> Needs => [StepNames.Connection];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.Url.Scheme != Uri.UriSchemeHttps)
        {
            return ServiceCheck.NotRun(Name, "the address is http: there is no TLS");
        }

        if (context.Proxy is not null)
        {
            return ServiceCheck.NotRun(Name, "the proxy is in between; Http shows whether a safe connection comes about through it");
        }

        TransportSettings transport = context.Service.Transport;
        TlsFindings found = await TlsProbe.LookAsync(context.Addresses[0], context.Url, transport, context.Engine.Clock, cancellationToken).ConfigureAwait(false);
        if (found.HandshakeFault is { } broken)
        {
            return ServiceCheck.Fault(Name, AuthErrorId.TlsFailure, broken.Detail, broken.Action);
        }

        DateTimeOffset now = context.Engine.Clock.GetUtcNow();
        string names = found.Names.Count > 0 ? Listed.Of(found.Names) : "no host";
        string certificate = $"{(found.Protocol.Length > 0 ? found.Protocol + "; " : string.Empty)}certificate for {names}, issued by {DisplayText.Text(found.Issuer)}, ends {DisplayText.Time(found.NotAfter)} ({Left(found, now)})";
        if (found.CertificateFault is not { } fault)
        {
            return ServiceCheck.Ok(Name, certificate, (found.NotAfter - now).TotalDays < SoonDays ? "Have the certificate renewed before it ends." : null);
        }

        (string what, string action) = CertificateAdvice.For(found, fault, now, context.Url.DnsSafeHost, transport.CaCertificate is not null);
        return transport.SkipCertificateCheck
            ? ServiceCheck.Ok(Name, $"{what}, which -SkipCertificateCheck lets pass; {certificate}", action)
            : ServiceCheck.Fault(Name, AuthErrorId.TlsFailure, $"{what}; {certificate}", action);
    }

    private static string Left(TlsFindings found, DateTimeOffset now) => found.NotAfter < now
        ? $"{DisplayText.Span(now - found.NotAfter)} ago"
        : $"{Math.Floor((found.NotAfter - now).TotalDays):0} days left";
}
