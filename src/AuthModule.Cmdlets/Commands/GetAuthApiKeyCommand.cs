using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Lists the API keys of the account, without the keys themselves.</summary>
[Cmdlet(VerbsCommon.Get, "AuthApiKey")]
[OutputType(typeof(ApiKey))]
public sealed class GetAuthApiKeyCommand : SessionCommand
{
    /// <summary>Only the key of this id.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    private protected override void Run()
    {
        IReadOnlyList<ApiKey> keys = Wait(new ValueTask<IReadOnlyList<ApiKey>>(Engine.ApiKeys.ListAsync(SessionOrCurrent, Log, StopToken)));
        WriteObject(Id is null ? keys : keys.Where(key => key.Id == Id), enumerateCollection: true);
    }
}
