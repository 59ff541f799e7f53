using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Stores.Redis;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether somebody listens at the hosts (TCP). One of several that is down is a fault that shows at the next failover.</summary>
internal sealed class StoreConnectionStep : IStoreStep
{
    public string Name => StepNames.Connection;

    public IReadOnlyList<string> Needs => [StepNames.Name];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        (RedisHost Host, SocketError? Fault)[] tries = await Task.WhenAll(context.Hosts.Select(async host =>
        {
            SocketError? fault = SocketError.HostNotFound;
            foreach (IPAddress address in host.Addresses)
            {
                fault = await TcpProbe.ConnectAsync(address, host.Host.Port, RedisConnector.Timeout, context.Clock, cancellationToken).ConfigureAwait(false);
                if (fault is null)
                {
                    break;
                }
            }

            return (host.Host, fault);
        })).ConfigureAwait(false);
        string detail = string.Join(", ", tries.Select(one => $"{one.Host}: {(one.Fault is { } fault ? Describe(fault) : "connected")}"));
        context.Hosts.RemoveAll(host => tries.Any(one => one.Host == host.Host && one.Fault is not null));
        const string Advice = "Check the port and that it runs there, and the firewall between here and there.";
        return context.Hosts.Count == 0 ? ServiceCheck.Fault(Name, AuthErrorId.StoreUnavailable, detail, Advice)
            : ServiceCheck.Ok(Name, detail, context.Hosts.Count < tries.Length ? Advice : null);
    }

    private static string Describe(SocketError fault) => fault switch
    {
        SocketError.ConnectionRefused => "refused",
        SocketError.TimedOut => "no answer",
        _ => fault.ToString(),
    };
}
