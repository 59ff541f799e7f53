using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AuthModule.Errors;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>Reads <c>-Parameter</c>: values as services take them, the same on every machine and in every culture.</summary>
internal static class RequestFields
{
    /// <exception cref="AuthenticationException">InvalidRequest: a value that has no text form.</exception>
    public static IReadOnlyDictionary<string, string> Read(Hashtable? given)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given ?? [])
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            if (PipelineValue.Unwrap(entry.Value) is { } value)
            {
                fields[name] = value is IEnumerable several and not string
                    ? string.Join(" ", several.Cast<object?>().Select(item => Text(name, PipelineValue.Unwrap(item))))
                    : Text(name, value);
            }
        }

        return fields;
    }

    private static string Text(string name, object? value) => value switch
    {
        string text => text,
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
            "Give a text, a number, $true, $false, or a list of these (it is sent with spaces between)."),
    };
}
