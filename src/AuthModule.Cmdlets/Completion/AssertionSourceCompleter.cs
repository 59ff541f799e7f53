using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>Where assertions come from.</summary>
internal sealed class AssertionSourceCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Sources =
    [
        ("file:", "A file that the platform keeps current."),
        ("kubernetes", "The service account's token of this pod."),
        ("github", "The identity of this GitHub Actions job."),
        ("azure-pipelines", "The identity of this Azure Pipelines job."),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(Sources, wordToComplete);
}
