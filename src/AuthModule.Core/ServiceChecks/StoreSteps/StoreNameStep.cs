using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores.Redis;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether the names of the hosts lead anywhere.</summary>
internal sealed class StoreNameStep : IStoreStep
{
    public string Name => StepNames.Name;

    public IReadOnlyList<string> Needs => [StepNames.Address];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (RedisHost host in context.Redis!.Hosts)
        {
            try
            {
                IPAddress[] addresses = IPAddress.TryParse(host.Host, out IPAddress? literal)
                    ? [literal]
                    : await FindAsync(host.Host, cancellationToken).ConfigureAwait(false);
                context.Hosts.Add((host, addresses));
                found.Add(literal is not null ? $"{literal} is an address already" : $"{host.Host} is {string.Join(", ", addresses.Select(address => address.ToString()))}");
            }
            catch (SocketException cause)
            {
                found.Add($"{host.Host} does not resolve ({cause.SocketErrorCode})");
            }
        }

        string detail = string.Join("; ", found.Distinct(StringComparer.Ordinal));
        const string Advice = "Check how the name is written. Where it is right, ask this machine's DNS for it: inside names may need a VPN or the inside DNS.";
        return context.Hosts.Count == 0 ? ServiceCheck.Fault(Name, AuthErrorId.StoreUnavailable, detail, Advice)
            : ServiceCheck.Ok(Name, detail, context.Hosts.Count < context.Redis.Hosts.Count ? Advice : null);
    }

    private static Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
#if NETSTANDARD2_0
        Dns.GetHostAddressesAsync(host).WaitAsync(cancellationToken);
#else
        Dns.GetHostAddressesAsync(host, cancellationToken);
#endif
}
