using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the host's name leads anywhere; behind a proxy, whether the proxy's does.</summary>
internal sealed class NameStep : IDiagnosisStep
{
    public string Name => StepNames.Name;

    public IReadOnlyList<string> Needs => [StepNames.Address];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        Uri target = context.Proxy ?? context.Url;
        string host = target.DnsSafeHost;
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            context.Addresses = [literal];
            return ServiceCheck.Ok(Name, $"{literal} is an address already");
        }

        string who = context.Proxy is null ? host : $"{host} (the proxy)";
        using CancellationTokenSource deadline = Deadline.After(context.Service.Transport.Timeout, context.Engine.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
#if NETSTANDARD2_0
            context.Addresses = await Dns.GetHostAddressesAsync(host).WaitAsync(either.Token).ConfigureAwait(false);
#else
            context.Addresses = await Dns.GetHostAddressesAsync(host, either.Token).ConfigureAwait(false);
#endif
            return ServiceCheck.Ok(Name, $"{who} is {string.Join(", ", context.Addresses.Select(address => address.ToString()))}");
        }
        catch (SocketException cause)
        {
            return ServiceCheck.Fault(
                Name,
                AuthErrorId.NetworkFailure,
                $"{who} does not resolve ({cause.SocketErrorCode})",
                "Check how the name is written. Where it is right, ask this machine's DNS for it (Resolve-DnsName, nslookup): inside names may need a VPN or the inside DNS.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ServiceCheck.Fault(Name, AuthErrorId.Timeout, $"nobody said within {context.Service.Transport.Timeout.TotalSeconds:0.#} seconds where {who} is", "Check the DNS servers of this machine.");
        }
    }
}
