using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>The stores there are.</summary>
internal sealed class StoreCompleter : IArgumentCompleter
{
    private static readonly (string Text, string Tip)[] Known =
    [
        ("memory", "This process only: what is kept ends with it."),
        ("file", "Sealed files in the user's own folder."),
        ("file:", "Sealed files in a folder that you name."),
        ("redis://", "A Redis that several machines share."),
        ("rediss://", "The same by TLS."),
        ("redis-sentinel://", "A Redis whose primary sentinels name: redis-sentinel://HOST,HOST/SERVICE."),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(Known, wordToComplete);
}
