using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>Reads what is required of a token's claims.</summary>
internal static class ValidationArguments
{
    /// <summary>Plain values by claim name; PowerShell's wrappers are taken off, lists stay lists.</summary>
    public static IReadOnlyDictionary<string, object?>? Claims(Hashtable? required)
    {
        if (required is null)
        {
            return null;
        }

        var claims = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in required)
        {
            claims[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = PipelineValue.Unwrap(entry.Value) switch
            {
                IEnumerable several and not string => several.Cast<object?>().Select(PipelineValue.Unwrap).ToArray(),
                var one => one,
            };
        }

        return claims;
    }

    /// <summary>A value of an enumeration by its name, which the parameter's own validation has looked at.</summary>
    public static T Name<T>(string name)
        where T : struct, Enum => (T)Enum.Parse(typeof(T), name, ignoreCase: true);
}
