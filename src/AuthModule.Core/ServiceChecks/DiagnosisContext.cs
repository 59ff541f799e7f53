using System;
using System.Net;
using AuthModule.Discovery;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.ServiceChecks;

/// <summary>What the steps of one diagnosis know so far; each adds what it found.</summary>
internal sealed class DiagnosisContext
{
    /// <summary>An engine of this diagnosis' own: what others have cached says nothing about now, and what it gets nobody keeps.</summary>
    public required IDiagnosedEngine Engine { get; init; }

    /// <summary>As the caller gave it.</summary>
    public required TokenRequest Asked { get; init; }

    public required ICallLog Log { get; init; }

    /// <summary>The way of the profile's chain that fits here, set by Way; null where there is no chain, or none fits.</summary>
    public ChainChoice? Chosen { get; set; }

    /// <summary>With everything filled in; after Secrets with these too.</summary>
    public TokenRequest Request { get; set; } = new();

    /// <summary>Set by Address.</summary>
    public Service Service { get; set; } = null!;

    public Uri Url => new(Service.Authority);

    /// <summary>Set by Address; null where the service is spoken to directly.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>Set by Name; empty where the proxy is the one to resolve it.</summary>
    public IPAddress[] Addresses { get; set; } = [];

    /// <summary>The server's clock less this machine's, set by Http; null where the answer had no date.</summary>
    public TimeSpan? Skew { get; set; }

    /// <summary>Set by Discovery; null where there is none.</summary>
    public ServerMetadata? Metadata { get; set; }

    /// <summary>The sessions of the trial; dropped with the diagnosis.</summary>
    public SessionTable Table { get; } = new();

    /// <summary>That of the trial sign-in; null where there was none.</summary>
    public AuthSession? Session { get; set; }

    /// <summary>How long the token of the trial lives; null where there was none.</summary>
    public TimeSpan? Lifetime { get; set; }
}
