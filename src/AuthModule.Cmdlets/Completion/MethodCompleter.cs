using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>The usual methods; others can be written.</summary>
internal sealed class MethodCompleter : IArgumentCompleter
{
    private static readonly string[] Methods = ["Get", "Head", "Post", "Put", "Delete", "Patch", "Options"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(Methods.Select(method => (method, method.ToUpperInvariant())), wordToComplete);
}
