using System;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Http;

namespace AuthModule.Commands;

/// <summary>A cmdlet that reaches a service: how.</summary>
public abstract class TransportCommand : AsyncCommand
{
    /// <summary>Seconds for the whole call, from the connection to the last byte, repeats included. 30 where it is not given.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = (int)TransportSettings.Default.Timeout.TotalSeconds;

    /// <summary>How often a request that may be repeated is sent again. 2 where it is not given.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = TransportSettings.Default.MaximumRetryCount;

    /// <summary>A proxy to go through; without it the system's is used.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>For a proxy that asks who is there.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>A PEM or DER file with the only authorities to trust.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CaCertificate { get; set; }

    /// <summary>Trusts whatever certificate the server shows. For a test bench only.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Sends credentials over http to other machines, where everybody on the way can read them.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureHttp { get; set; }

    /// <summary>Lets a session that the call names by itself be reached as the call says; what it does not say stays.</summary>
    private protected void Reach(AuthSession session)
    {
        TransportSettings known = session.Service.Transport;
        TransportSettings given = Transport();
        session.ReachBy(known with
        {
            Timeout = Says(nameof(TimeoutSec)) ? given.Timeout : known.Timeout,
            MaximumRetryCount = Says(nameof(MaximumRetryCount)) ? given.MaximumRetryCount : known.MaximumRetryCount,
            Proxy = given.Proxy ?? known.Proxy,
            ProxyCredential = given.ProxyCredential ?? known.ProxyCredential,
            CaCertificate = given.CaCertificate ?? known.CaCertificate,
            SkipCertificateCheck = Says(nameof(SkipCertificateCheck)) ? given.SkipCertificateCheck : known.SkipCertificateCheck,
            AllowInsecureHttp = Says(nameof(AllowInsecureHttp)) ? given.AllowInsecureHttp : known.AllowInsecureHttp,
        });
    }

    private bool Says(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private protected TransportSettings Transport()
    {
        var settings = new TransportSettings
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaximumRetryCount = MaximumRetryCount,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential is null || ProxyCredential == PSCredential.Empty ? null : ProxyCredential.GetNetworkCredential(),
            CaCertificate = CaCertificate is null ? null : Paths.Resolve(this, CaCertificate, "-CaCertificate", AuthErrorId.InvalidCertificate),
            SkipCertificateCheck = SkipCertificateCheck,
            AllowInsecureHttp = AllowInsecureHttp,
        };
        return settings;
    }
}
