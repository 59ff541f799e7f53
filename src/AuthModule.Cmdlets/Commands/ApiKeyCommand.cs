using System.Management.Automation;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>A cmdlet that acts on one API key, named by its id or by the key object that another cmdlet gave.</summary>
public abstract class ApiKeyCommand : SessionCommand
{
    // The default: else PowerShell would try a piped key's id first, also where it has none.
    private protected const string KeySet = "InputObject";
    private const string IdSet = "Id";

    /// <summary>The key's id; where the service gives its keys none, the key itself.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>A key as New- and Get-AuthApiKey give it.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ApiKey? InputObject { get; set; }

    private protected Secret Identifier => InputObject?.Identifier ?? Secret.From(Id!);
}
