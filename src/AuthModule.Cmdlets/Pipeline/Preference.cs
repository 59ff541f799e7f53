using System.Management.Automation;

namespace AuthModule.Pipeline;

/// <summary>Whether the user wants to see a stream: the common parameter, else the preference variable of the caller's scope.</summary>
internal static class Preference
{
    public static bool IsShown(PSCmdlet cmdlet, string parameter, string variable) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : cmdlet.GetVariableValue(variable) switch
            {
                ActionPreference preference => preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore),
                null => false,
                var other => LanguagePrimitives.TryConvertTo(other, out ActionPreference preference)
                    && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore),
            };
}
