using System.Linq;
using System.Management.Automation;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>Lists the descriptions of services: those that come with the module, and the user's own.</summary>
[Cmdlet(VerbsCommon.Get, "AuthProvider")]
[OutputType(typeof(AuthProvider))]
public sealed class GetAuthProviderCommand : AsyncCommand
{
    /// <summary>Only these. With wildcards: those of which the name or the title fits.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override bool HasSeveralItems => Name.Length > 1 || base.HasSeveralItems;

    private protected override void Run()
    {
        foreach (string name in Name)
        {
            Guard(() => Write(name), name);
        }
    }

    private void Write(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteObject(Engine.Providers.Get(name));
            return;
        }

        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        WriteObject(Engine.Providers.All.Where(provider => pattern.IsMatch(provider.Name) || pattern.IsMatch(provider.Title ?? string.Empty)), enumerateCollection: true);
    }
}
