using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AuthModule.Completion;

/// <summary>The token types of RFC 8693, section 3.</summary>
internal sealed class TokenTypeCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Types =
    [
        ("access_token", "An OAuth access token."),
        ("refresh_token", "An OAuth refresh token."),
        ("id_token", "An OpenID Connect ID token."),
        ("jwt", "Any JWT."),
        ("saml1", "A SAML 1.1 assertion."),
        ("saml2", "A SAML 2.0 assertion."),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Fitting(Types, wordToComplete);
}
