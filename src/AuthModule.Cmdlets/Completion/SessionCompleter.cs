using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AuthModule.Runspaces;

namespace AuthModule.Completion;

/// <summary>The ids of this runspace's sessions.</summary>
internal sealed class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting((RunspaceSessions.Existing?.All ?? []).Select(session => (session.Id, $"{session} {session.ClientId} {session.Subject} ({session.State})")), wordToComplete);
}
