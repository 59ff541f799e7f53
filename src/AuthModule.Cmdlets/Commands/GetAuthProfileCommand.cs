using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AuthModule.Completion;
using AuthModule.Profiles;

namespace AuthModule.Commands;

/// <summary>Lists the profiles of your profile file. Of a secret it shows where it is, never the secret.</summary>
[Cmdlet(VerbsCommon.Get, "AuthProfile")]
[OutputType(typeof(AuthProfile))]
public sealed class GetAuthProfileCommand : AsyncCommand
{
    /// <summary>Only these; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
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
            WriteObject(new AuthProfile(Engine.Profiles.Get(name)));
            return;
        }

        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        IEnumerable<ProfileDescription> fitting = Engine.Profiles.All.Where(profile => pattern.IsMatch(profile.Name));
        WriteObject(fitting.Select(profile => new AuthProfile(profile)), enumerateCollection: true);
    }
}
