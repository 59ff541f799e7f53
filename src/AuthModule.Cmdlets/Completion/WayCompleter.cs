using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AuthModule.Profiles.Chain;

namespace AuthModule.Completion;

/// <summary>The ways to sign in that a profile's chain can name.</summary>
internal sealed class WayCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(SignInWays.Names.Select(static name => (name, name)), wordToComplete);
}
