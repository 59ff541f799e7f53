using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Pipeline;

namespace AuthModule.Rest;

/// <summary>Reads <c>-Uri</c>.</summary>
internal static class RestAddress
{
    /// <exception cref="ConfigurationException">InvalidUrl.</exception>
    public static Uri Read(Uri given)
    {
        string text = given.OriginalString.Trim();
        Uri? address = given.IsAbsoluteUri ? given : Uri.TryCreate("https://" + text, UriKind.Absolute, out Uri? completed) ? completed : null;
        if (address is null || address.Host.Length == 0 || text[0] == '/')
        {
            throw AuthError.Create(AuthErrorId.InvalidUrl, "-Uri is not a whole address.", "Give it with its host: https://api.example.com/orders.");
        }

        return address.UserInfo.Length == 0
            ? address
            : throw AuthError.Create(AuthErrorId.InvalidUrl, $"-Uri holds a name or password before '{address.Host}', which would be a second credential; nothing was sent.", "Leave out what stands before the @.");
    }

    /// <summary>With fields in the query, behind those that are there.</summary>
    public static Uri WithQuery(Uri address, IDictionary fields)
    {
        string query = Encode(fields, System.Uri.EscapeDataString);
        return query.Length == 0
            ? address
            : new Uri(address.GetLeftPart(UriPartial.Path) + (address.Query.Length > 1 ? address.Query + "&" : "?") + query);
    }

    /// <summary>Fields as <c>name=value</c>, with & between; a list gives one of each, nothing is an empty value.</summary>
    public static string Encode(IDictionary fields, Func<string, string> escape) => string.Join("&", Pairs(fields).Select(pair => $"{escape(pair.Key)}={escape(pair.Value)}"));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IDictionary fields)
    {
        foreach (DictionaryEntry field in fields)
        {
            string name = Text(field.Key);
            if (PipelineValue.Unwrap(field.Value) is IEnumerable several and not string)
            {
                foreach (object? item in several)
                {
                    yield return new KeyValuePair<string, string>(name, Text(item));
                }
            }
            else
            {
                yield return new KeyValuePair<string, string>(name, Text(field.Value));
            }
        }
    }

    private static string Text(object? value) => Convert.ToString(PipelineValue.Unwrap(value), CultureInfo.InvariantCulture) ?? string.Empty;
}
