using System;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Faults;

/// <summary>One way for a service to fail.</summary>
internal sealed record Fault(string Name)
{
    /// <summary>In place of the healthy reply, when the request has been read.</summary>
    public Func<FaultScene, Task>? Answer { get; init; }

    /// <summary>Before anything is read, TLS included; the connection ends with it.</summary>
    public Func<FaultScene, Task>? Accepted { get; init; }

    /// <summary>Nobody listens at the address.</summary>
    public bool Refuses { get; init; }

    /// <summary>Connections hang while they are made.</summary>
    public bool FillsBacklog { get; init; }

    /// <summary>The name of the service does not resolve.</summary>
    public bool IsUnresolvable { get; init; }

    /// <summary>Only the client's time-out ends it.</summary>
    public bool Hangs { get; init; }

    /// <summary>How far the clock goes on each time that the server is stuck; null: past the time-out at once.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>The service speaks TLS.</summary>
    public bool UsesTls { get; init; }

    /// <summary>The one that the server shows in place of the good one.</summary>
    public Func<X509Certificate2>? Certificate { get; init; }

    public SslProtocols? Protocols { get; init; }

    /// <summary>The server asks for a certificate and refuses any, and none.</summary>
    public bool WantsClientCertificate { get; init; }

    public override string ToString() => Name;
}
