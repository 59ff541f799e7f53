using System;
using System.Linq;
using System.Management.Automation;
using AuthModule.Completion;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Profiles.Editing;

namespace AuthModule.Commands;

/// <summary>Changes a profile of your profile file; what the call does not name stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "AuthProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthProfile))]
public sealed class SetAuthProfileCommand : ProfileWritingCommand
{
    /// <summary>The profile.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Fields to take away, as the file names them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Clear { get; set; } = [];

    private protected override object? Target => Name;

    private protected override void Run()
    {
        var fields = Fields();
        foreach (string typed in Clear)
        {
            fields[NameOf(typed)] = null;
        }

        if (fields.Count == 0)
        {
            throw AuthError.Missing("A field to set, or -Clear", $"nothing is said that would change profile '{Name}'");
        }

        if (ShouldProcess(Editor.File, $"Change {string.Join(", ", fields.Keys)} of the profile '{Name}'"))
        {
            WriteObject(new AuthProfile(Editor.Change(Name, fields)));
        }
    }

    private static string NameOf(string typed)
    {
        string[] names = [.. ProfileField.All.Select(static field => field.Name)];
        return names.FirstOrDefault(name => string.Equals(name, typed, StringComparison.OrdinalIgnoreCase)) ?? throw AuthError.Create(
            AuthErrorId.InvalidProfile,
            $"'{typed}' is not a field of a profile{NearName.Hint(typed, names)}.",
            $"There are {string.Join(", ", names)}.");
    }
}
