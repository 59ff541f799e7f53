using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AuthModule.Runspaces;

namespace AuthModule.Completion;

/// <summary>The scopes that this runspace's sessions have or asked for.</summary>
internal sealed class ScopeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting((RunspaceSessions.Existing?.All ?? []).SelectMany(session => session.Scopes.Select(scope => (scope, $"{scope} at {session.Authority}"))), wordToComplete);
}
