using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>What OpenID Connect Core, section 3.1.2.1, lets a client ask for.</summary>
internal sealed class PromptCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Prompts =
    [
        ("login", "The person signs in again."),
        ("consent", "The person is asked to agree again."),
        ("select_account", "The person chooses an account."),
        ("none", "Nobody is asked; it fails where somebody would have to be."),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(Prompts, wordToComplete);
}
