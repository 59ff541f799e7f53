using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security;
using AuthModule.Errors;
using AuthModule.Pipeline;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Arguments;

/// <summary>
/// Reads <c>-Parameter</c>: values as services take them, the same on every machine and in every culture. A SecureString and the
/// password of a PSCredential stay secrets.
/// </summary>
internal static class RequestFields
{
    /// <summary>The request with what was given.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest: a value that has no text form.</exception>
    public static TokenRequest AddTo(TokenRequest request, Hashtable? given)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given ?? [])
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            object? value = PipelineValue.Unwrap(entry.Value);
            if (SecretOf(value) is { } secret)
            {
                request = request with { SecretParameters = SecretParameters.With(request.SecretParameters, name, secret) };
            }
            else if (value is not null)
            {
                fields[name] = value is IEnumerable several and not string
                    ? string.Join(" ", several.Cast<object?>().Select(item => Text(name, PipelineValue.Unwrap(item))))
                    : Text(name, value);
            }
        }

        return request with { Parameters = fields };
    }

    // An empty one is as good as none, as an empty text is.
    private static Secret? SecretOf(object? value) => value switch
    {
        SecureString { Length: > 0 } text => Secret.From(text),
        PSCredential { Password.Length: > 0 } credential => Secret.From(credential.Password),
        _ => null,
    };

    private static string Text(string name, object? value) => value switch
    {
        string text => text,
        SecureString { Length: 0 } or PSCredential { Password.Length: 0 } => string.Empty,
        SecureString or PSCredential => throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"-Parameter @{{ {name} = ... }} is a list with a secret in it.",
            "Give one SecureString or PSCredential, not a list."),
        char letter => letter.ToString(),
        bool flag => flag ? "true" : "false",
        SwitchParameter flag => flag ? "true" : "false",
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"-Parameter @{{ {name} = ... }} is a {value?.GetType().Name ?? "null in a list"}, which has no form in a request.",
            "Give a text, a number, $true, $false, or a list of these (it is sent with spaces between); a secret as a SecureString or PSCredential."),
    };
}
