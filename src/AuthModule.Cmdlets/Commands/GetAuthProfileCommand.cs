using System;
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

    private protected override bool HasSeveralItems => Name.Length > 1 || Name.Any(WildcardPattern.ContainsWildcardCharacters) || base.HasSeveralItems;

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
        ProfileFile file = Engine.Profiles.Read();
        foreach (AuthException fault in file.Faults)
        {
            WriteWarning(fault.Message);
        }

        foreach (ProfileEntry entry in file.Entries.Where(entry => pattern.IsMatch(entry.Profile.Name)).OrderBy(entry => entry.Profile.Name, StringComparer.OrdinalIgnoreCase))
        {
            Guard(() => WriteObject(entry.Fault is null ? new AuthProfile(entry.Profile) : throw entry.Fault), entry.Profile.Name);
        }
    }
}
