using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>The names of the known providers; where one is to be unregistered, of those that can be.</summary>
internal sealed class ProviderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(AuthEngine.Shared.Providers.All.Where(provider => !provider.IsBuiltIn || commandName != "Unregister-AuthProvider").Select(provider => (provider.Name, provider.Title ?? provider.Name)), wordToComplete);
}
