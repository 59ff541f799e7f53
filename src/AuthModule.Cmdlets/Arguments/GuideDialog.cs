using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using AuthModule.Errors;
using AuthModule.Guide;

namespace AuthModule.Arguments;

/// <summary>Asks the person at the host. All of it happens on the pipeline thread.</summary>
internal abstract class GuideDialog(PSCmdlet cmdlet) : TypedDialog
{
    /// <inheritdoc/>
    public override void Tell(string line) => cmdlet.Host.UI.WriteLine(line);

    /// <inheritdoc/>
    protected override string ReadLine(string prompt)
    {
        try
        {
            cmdlet.Host.UI.Write(prompt);
            return cmdlet.Host.UI.ReadLine() ?? throw Nobody(null);
        }
        catch (Exception mute) when (mute is HostException or NotImplementedException or PSInvalidOperationException)
        {
            throw Nobody(mute);
        }
    }

    private static AuthException Nobody(Exception? cause) => AuthError.Create(
        AuthErrorId.InteractionRequired,
        "The guide asks questions, and this host has nobody to answer them.",
        new AuthModule.Errors.ErrorDetails { Action = "Give the values as parameters of New-AuthProfile instead of -Guided.", Cause = cause });
}
