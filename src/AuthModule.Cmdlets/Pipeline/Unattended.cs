using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

namespace AuthModule.Pipeline;

/// <summary>
/// Lets <c>-Debug</c> show lines without asking at each of them. PowerShell asks at warnings, errors and verbose lines of such a
/// call, Windows PowerShell at debug lines too; where nobody is there that ends the call. What the caller said of a stream stays.
/// </summary>
internal static class Unattended
{
    private static readonly ConcurrentDictionary<(Type Runtime, string Name), PropertyInfo?> Settings = new();

    /// <summary>On the pipeline thread, before anything is written.</summary>
    public static void Apply(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Debug", out object? given) && given is SwitchParameter { IsPresent: true })
        {
            Set(cmdlet, "DebugPreference", ActionPreference.Continue);
            if (!IsSet(cmdlet, "IsVerboseFlagSet"))
            {
                ShowVerbose(cmdlet);
            }

            if (!IsSet(cmdlet, "IsWarningActionSet"))
            {
                Set(cmdlet, "WarningPreference", Wish(cmdlet, "WarningPreference"));
            }

            if (!IsSet(cmdlet, "IsErrorActionSet"))
            {
                Set(cmdlet, "ErrorAction", Wish(cmdlet, "ErrorActionPreference"));
            }
        }
    }

    /// <summary>The same for a stream whose preference variable says that it asks.</summary>
    public static void Apply(PSCmdlet cmdlet, string variable)
    {
        if (cmdlet.GetVariableValue(variable) is not ActionPreference.Inquire)
        {
            return;
        }

        if (variable == "DebugPreference")
        {
            Set(cmdlet, "DebugPreference", ActionPreference.Continue);
        }
        else if (!IsSet(cmdlet, "IsVerboseFlagSet"))
        {
            ShowVerbose(cmdlet);
        }
    }

    private static void ShowVerbose(PSCmdlet cmdlet)
    {
        Set(cmdlet, "Verbose", true);
        Set(cmdlet, "IsVerboseFlagSet", true);
    }

    private static ActionPreference Wish(PSCmdlet cmdlet, string variable) =>
        LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue(variable), out ActionPreference wish) && wish != ActionPreference.Inquire ? wish : ActionPreference.Continue;

    private static bool IsSet(PSCmdlet cmdlet, string name) => Find(cmdlet, name)?.GetValue(cmdlet.CommandRuntime) is true;

    private static void Set(PSCmdlet cmdlet, string name, object value) => Find(cmdlet, name)?.SetValue(cmdlet.CommandRuntime, value);

    // There is no public way. A host with a runtime of its own has none of these, and PowerShell's rule stays there.
    private static PropertyInfo? Find(PSCmdlet cmdlet, string name) => Settings.GetOrAdd(
        (cmdlet.CommandRuntime.GetType(), name),
        static key => key.Runtime.GetProperty(key.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { CanWrite: true } found ? found : null);
}
