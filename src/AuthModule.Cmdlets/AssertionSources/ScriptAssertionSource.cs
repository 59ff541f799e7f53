using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Pipeline;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>A script block of the user's that gives the assertion, as a string or a SecureString. It runs on the pipeline thread of the call that needs it.</summary>
internal static class ScriptAssertionSource
{
    public static DelegateAssertionSource Of(ScriptBlock script) => new(NameOf(script), _ => new ValueTask<Secret>(Read(script)));

    // The same text means something else in another runspace and in another closure: their variables differ.
    private static string NameOf(ScriptBlock script) =>
        AuthModule.Secrets.ProcessHash.Of($"{Runspace.DefaultRunspace?.InstanceId} {script.Module?.Name} {script}");

    private static Secret Read(ScriptBlock script)
    {
        object?[] output;
        try
        {
            output = PipelineThread.Current is { } thread
                ? thread.Run(() => Run(script))
                : Runspace.DefaultRunspace is not null
                    ? Run(script)
                    : throw Failed("was called outside of PowerShell", null);
        }
        catch (RuntimeException failure)
        {
            throw Failed($"failed: {failure.Message}", failure);
        }

        if (output.Length > 1)
        {
            throw Failed($"gave {output.Length} values, not one", null);
        }

        return output.FirstOrDefault() switch
        {
            string text when !string.IsNullOrWhiteSpace(text) => Secret.From(text.Trim()),
            SecureString { Length: > 0 } text => Secret.From(text)!,
            AuthToken token => token.Tokens.AccessToken,
            null or string or SecureString => throw Failed("gave nothing", null),
            var other => throw Failed($"gave a {other.GetType().Name}, not a string or a SecureString", null),
        };
    }

    private static object?[] Run(ScriptBlock script) => [.. script.Invoke().Select(item => item?.BaseObject)];

    private static AuthException Failed(string what, Exception? cause) => AuthError.Create(
        AuthErrorId.InvalidCredentials,
        $"The script block of -AssertionSource {what}.",
        new AuthModule.Errors.ErrorDetails { Action = "Correct the script block: it has to return the assertion and nothing else.", Cause = cause });
}
