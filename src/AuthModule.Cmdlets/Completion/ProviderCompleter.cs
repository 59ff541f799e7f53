using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>The names of the known providers.</summary>
internal sealed class ProviderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(AuthEngine.Shared.Providers.All.Select(provider => (provider.Name, provider.Title ?? provider.Name)), wordToComplete);
}
