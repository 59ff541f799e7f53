using System.Linq;
using System.Management.Automation;

namespace AuthModule.Rest;

/// <summary>Reads JSON the way the user's own PowerShell does, so that a reply looks the same from this module as from Invoke-RestMethod.</summary>
internal static class RestJson
{
    private const string Name = @"Microsoft.PowerShell.Utility\ConvertFrom-Json";
    private const string AsOneObject = "NoEnumerate";

    /// <param name="cmdlet">Whose runspace reads it.</param>
    /// <param name="text">Perhaps JSON.</param>
    /// <param name="isDeclared">The server says that it is. Else only what looks like it is tried: a failure leaves a line in $Error.</param>
    /// <param name="value">Null is a value too.</param>
    public static bool TryRead(PSCmdlet cmdlet, string text, bool isDeclared, out object? value)
    {
        value = null;
        string start = text.TrimStart();
        if (start.Length == 0 || (!isDeclared && !LooksLikeJson(start)))
        {
            return false;
        }

        if (start.TrimEnd() == "null")
        {
            return true;
        }

        try
        {
            CommandInfo command = cmdlet.InvokeCommand.GetCommand(Name, CommandTypes.Cmdlet);
            using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand(command).AddParameter("InputObject", text).AddParameter("ErrorAction", ActionPreference.Stop);
            if (command.Parameters.ContainsKey(AsOneObject))
            {
                // Windows PowerShell gives a list as one object by itself.
                shell.AddParameter(AsOneObject, true);
            }

            PSObject? only = shell.Invoke().FirstOrDefault();
            value = only;
            return only is not null;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }

    private static bool LooksLikeJson(string text) => text[0] is '{' or '[' or '"' or '-' or (>= '0' and <= '9') || text.TrimEnd() is "true" or "false" or "null";
}
