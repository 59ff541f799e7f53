using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Errors;
using AuthModule.Guide;

namespace AuthModule.Commands;

/// <summary>Writes a new profile into your profile file. It holds no secret, only where each one is.</summary>
[Cmdlet(VerbsCommon.New, "AuthProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthProfile))]
public sealed class NewAuthProfileCommand : ProfileWritingCommand
{
    /// <summary>What <c>-Profile</c> will take.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Asks for the values, finds out what the service offers, tests, and writes.</summary>
    [Parameter]
    public SwitchParameter Guided { get; set; }

    /// <summary>Replaces a profile of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Name;

    private protected override void Run()
    {
        if (Guided)
        {
            Guide();
            return;
        }

        string name = Name ?? throw AuthError.Missing("-Name", "what -Profile will take");
        var fields = Fields();
        _ = Editor.Preview(name, fields);
        if (ShouldProcess(Editor.File, $"Write the profile '{name}'"))
        {
            WriteObject(new AuthProfile(Editor.Add(name, fields, Force)));
        }
    }

    private void Guide()
    {
        _ = Editor;
        if (ShouldProcess(Editor.File, "Ask for the values of a profile and write it")
            && new ProfileGuide(Engine, new Dialog(this), Log).Run(Name, Force) is { } written)
        {
            WriteObject(new AuthProfile(written));
        }
    }

    private sealed class Dialog(NewAuthProfileCommand command) : GuideDialog(command)
    {
        public override T Wait<T>(Func<CancellationToken, Task<T>> work) => command.Wait(new ValueTask<T>(work(command.StopToken)));
    }
}
