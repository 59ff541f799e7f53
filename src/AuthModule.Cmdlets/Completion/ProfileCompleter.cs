using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AuthModule.Runspaces;

namespace AuthModule.Completion;

/// <summary>The names of the user's profiles; none where the file has a fault, which the call itself will tell.</summary>
internal sealed class ProfileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return Candidates.Fitting(
                HostedEngine.Instance.Profiles.All.Select(profile => (profile.Name, profile.Description ?? $"{profile.Provider ?? "oidc"} {profile.Authority}".Trim())),
                wordToComplete);
        }
        catch (ConfigurationException)
        {
            return [];
        }
    }
}
