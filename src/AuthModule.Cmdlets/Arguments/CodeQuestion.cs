using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using AuthModule.Secrets;

namespace AuthModule.Arguments;

/// <summary>Asks the person at the console for a second factor's code, which is not shown while it is typed.</summary>
internal static class CodeQuestion
{
    /// <summary>False where input comes from elsewhere than a person: a job waits for nobody.</summary>
    public static bool CanAsk => Environment.UserInteractive && !Console.IsInputRedirected;

    /// <summary>Null where the host cannot ask, or nothing was typed.</summary>
    public static Secret? Ask(PSCmdlet cmdlet, string question)
    {
        try
        {
            cmdlet.Host.UI.Write(question + ": ");
            SecureString code = cmdlet.Host.UI.ReadLineAsSecureString();
            return code.Length == 0 ? null : Secret.From(code);
        }
        catch (Exception mute) when (mute is HostException or NotImplementedException or PSInvalidOperationException)
        {
            return null;
        }
    }
}
