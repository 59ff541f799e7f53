using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether somebody listens on the port (TCP). Every address of the name is tried: one of several that is down is a fault that comes and goes.</summary>
internal sealed class ConnectionStep : IDiagnosisStep
{
    public string Name => StepNames.Connection;

    public IReadOnlyList<string> Needs => [StepNames.Name];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        int port = (context.Proxy ?? context.Url).Port;
        TimeSpan limit = context.Service.Transport.Timeout;
        (IPAddress Address, SocketError? Fault)[] tries = await Task.WhenAll(context.Addresses.Select(async address =>
            (address, await TcpProbe.ConnectAsync(address, port, limit, context.Engine.Clock, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        string who = context.Proxy is null ? string.Empty : "the proxy, ";
        string found = who + string.Join(", ", tries.Select(one => $"{one.Address} port {port}: {Describe(one.Fault)}"));
        context.Addresses = [.. tries.Where(one => one.Fault is null).Select(one => one.Address)];
        if (context.Addresses.Length == tries.Length)
        {
            return ServiceCheck.Ok(Name, found);
        }

        if (context.Addresses.Length > 0)
        {
            return ServiceCheck.Ok(Name, found, "Have the addresses that do not answer mended or taken out of DNS: calls that try them are slow or fail.");
        }

        SocketError fault = tries[0].Fault!.Value;
        return ServiceCheck.Fault(Name, fault == SocketError.TimedOut ? AuthErrorId.Timeout : AuthErrorId.NetworkFailure, found, Advice(fault));
    }

    private static string Describe(SocketError? fault) => fault switch
    {
        null => "connected",
        SocketError.ConnectionRefused => "refused",
        SocketError.TimedOut => "no answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => "no route",
        var other => other.ToString()!,
    };

    private static string Advice(SocketError fault) => fault switch
    {
        SocketError.ConnectionRefused => "The machine is there and nobody listens on this port: check the port, and that the service runs.",
        SocketError.TimedOut => "Packets are dropped on the way: check the firewall between here and there, and whether a proxy is needed (-Proxy).",
        _ => "There is no way to that network from here: check the VPN, the route, and whether a proxy is needed (-Proxy).",
    };
}
