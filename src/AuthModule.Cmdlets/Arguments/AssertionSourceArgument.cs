using System;
using System.Management.Automation;
using AuthModule.AssertionSources;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>An assertion source as cmdlets take it: the name of one of ours, or a script block.</summary>
internal static class AssertionSourceArgument
{
    private const string File = "file:";

    /// <exception cref="AuthenticationException">InvalidRequest: neither.</exception>
    /// <exception cref="ConfigurationException">MissingParameter: a name without what it needs.</exception>
    public static IAssertionSource Read(PSCmdlet cmdlet, object? argument) => PipelineValue.Unwrap(argument) switch
    {
        ScriptBlock script => ScriptAssertionSource.Of(script),
        string text when text.StartsWith(File, StringComparison.OrdinalIgnoreCase) && text.Length > File.Length =>
            AssertionSourceReader.Read(File + Paths.Resolve(cmdlet, text.Substring(File.Length), "-AssertionSource", AuthErrorId.InvalidRequest)),
        string text => AssertionSourceReader.Read(text),
        var other => throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"-AssertionSource takes a name or a script block, not a {other?.GetType().Name ?? "null"}.",
            "Use file:PATH, kubernetes, github, azure-pipelines, or a scriptblock that returns the assertion."),
    };
}
