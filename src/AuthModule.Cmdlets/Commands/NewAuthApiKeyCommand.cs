using System;
using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Accounts.ApiKeys;

namespace AuthModule.Commands;

/// <summary>Makes an API key at the service. The service shows it this once.</summary>
[Cmdlet(VerbsCommon.New, "AuthApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKey))]
public sealed class NewAuthApiKeyCommand : SessionCommand
{
    /// <summary>What the key is called.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>What it may do.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Scope { get; set; } = [];

    /// <summary>When it ends.</summary>
    [Parameter]
    public DateTimeOffset? ExpiresOn { get; set; }

    /// <summary>What it is for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        if (ShouldProcess(session.Authority, $"Make API key '{Name}'"))
        {
            var wanted = new NewApiKey(Name!) { Scopes = Scope, ExpiresOn = ExpiresOn, Description = Description };
            WriteObject(Wait(new ValueTask<ApiKey>(Engine.ApiKeys.CreateAsync(session, wanted, Log, StopToken))));
        }
    }
}
