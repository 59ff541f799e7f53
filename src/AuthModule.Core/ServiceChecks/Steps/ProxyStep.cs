using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Which proxy is in effect. Few know, and much depends on it.</summary>
internal sealed class ProxyStep : IDiagnosisStep
{
    public string Name => StepNames.Proxy;

    public IReadOnlyList<string> Needs => [StepNames.Address];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        bool isGiven = context.Service.Transport.Proxy is not null;
        string detail = context.Proxy is { } proxy
            ? $"{proxy.GetLeftPart(UriPartial.Scheme)}{proxy.Host}:{proxy.Port}, {(isGiven ? "as given" : "the system's or the environment's")}"
            : AddressPolicy.IsLocal(context.Url) ? "none: addresses of this machine are spoken to directly" : "none";
        return Task.FromResult(ServiceCheck.Ok(
            Name,
            detail,
            context.Proxy is null || isGiven ? null : "If this service must be reached without it, add its host to NO_PROXY (or the system's exceptions)."));
    }
}
