using System.Management.Automation;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>Takes a profile out of your profile file. Sessions that were opened with it go on.</summary>
[Cmdlet(VerbsCommon.Remove, "AuthProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveAuthProfileCommand : AsyncCommand
{
    /// <summary>The profile.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Name { get; set; } = string.Empty;

    private protected override object? Target => Name;

    private protected override void Run()
    {
        if (ShouldProcess(Engine.ProfileEditor.File, $"Remove the profile '{Name}'"))
        {
            Engine.ProfileEditor.Remove(Name);
        }
    }
}
