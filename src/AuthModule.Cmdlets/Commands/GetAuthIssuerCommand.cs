using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Shows who has which tokens of a local issuer, how often they were used, and the limits.</summary>
[Cmdlet(VerbsCommon.Get, "AuthIssuer")]
[OutputType(typeof(IssuerUsage))]
public sealed class GetAuthIssuerCommand : AsyncCommand
{
    /// <summary>The issuer, made with <c>-TrackUsage</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AuthIssuer Issuer { get; set; } = null!;

    /// <summary>Only this subject.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    /// <summary>Only this client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    private protected override object? Target => Issuer?.ToString();

    private protected override void Run()
    {
        foreach (IssuerUsage usage in Wait(new ValueTask<IReadOnlyList<IssuerUsage>>(Issuer.ReadUsageAsync(Subject, ClientId, StopToken))))
        {
            WriteObject(usage);
        }
    }
}
