using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Accounts.ApiKeys;

namespace AuthModule.Commands;

/// <summary>Lists the API keys of the account, without the keys themselves.</summary>
[Cmdlet(VerbsCommon.Get, "AuthApiKey")]
[OutputType(typeof(ApiKey))]
public sealed class GetAuthApiKeyCommand : SessionCommand
{
    /// <summary>Only the key of this id; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Id { get; set; }

    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        IReadOnlyList<ApiKey> keys = Wait(new ValueTask<IReadOnlyList<ApiKey>>(Engine.ApiKeys.ListAsync(session, Log, StopToken)));
        if (Id is not null && !WildcardPattern.ContainsWildcardCharacters(Id))
        {
            WriteObject(ApiKeyService.Find(keys, Id, session));
            return;
        }

        // Ids are the service's: it may tell them apart by letter case.
        var pattern = new WildcardPattern(Id ?? "*", WildcardOptions.CultureInvariant);
        WriteObject(Id is null ? keys : keys.Where(key => key.Id is { } id && pattern.IsMatch(id)), enumerateCollection: true);
    }
}
