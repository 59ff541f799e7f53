using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Operations;

/// <summary>Reads the parts of a reply that is no token, by the names that a description's <c>result</c> gives them.</summary>
internal sealed class ReplyResult(JsonElement json, OperationDescription operation)
{
    // Numbers above this are milliseconds: in seconds they would be after the year 5000.
    private const double SmallestMilliseconds = 1e11;

    /// <exception cref="AuthServiceException">MalformedResponse: longer than anything that is kept may be.</exception>
    public string? Text(string name) => Find(name) is { } value ? Bounded(JsonPath.Text(value), name) : null;

    public IReadOnlyList<string> Texts(string name)
    {
        switch (Find(name))
        {
            case { ValueKind: JsonValueKind.Array } list:
                var texts = new List<string>();
                foreach (JsonElement item in list.EnumerateArray())
                {
                    if (Bounded(JsonPath.Text(item), name) is { } text)
                    {
                        texts.Add(text);
                    }
                }

                return texts;
            case { ValueKind: JsonValueKind.String } one:
                return one.GetString()!.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            default:
                return [];
        }
    }

    public bool? Flag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public int? Number(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int value) => value,
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
        _ => null,
    };

    /// <summary>RFC 3339 (UTC where it names no offset) or seconds or milliseconds since 1970.</summary>
    public DateTimeOffset? Time(string name)
    {
        switch (Find(name))
        {
            case { ValueKind: JsonValueKind.String } text
                when DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time):
                return time;
            case { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double value) && value is >= 0 and < 253402300799000d:
                return DateTimeOffset.FromUnixTimeMilliseconds((long)(value >= SmallestMilliseconds ? value : value * 1000));
            default:
                return null;
        }
    }

    /// <summary>The objects of a list, wherever the description says it is; the reply itself where it is a list.</summary>
    public IEnumerable<ReplyResult> Items()
    {
        JsonElement? list = json.ValueKind == JsonValueKind.Array ? json : Find("items");
        if (list is { ValueKind: JsonValueKind.Array } found)
        {
            foreach (JsonElement item in found.EnumerateArray())
            {
                yield return new ReplyResult(item, operation);
            }
        }
    }

    private static string? Bounded(string? text, string name) => text is { Length: > Secret.MaxCharacters }
        ? throw AuthError.Create(
            AuthErrorId.MalformedResponse,
            FormattableString.Invariant($"The service answered with a text of {text.Length} characters as '{name}', more than the {Secret.MaxCharacters} that one may have."))
        : text;

    private JsonElement? Find(string name) =>
        json.ValueKind == JsonValueKind.Object && operation.Result is { } result && result.TryGetValue(name, out ReplyPlaces? places)
            ? places.Paths.Select(path => JsonPath.Find(json, path, ignoreCase: false)).FirstOrDefault(value => value is { ValueKind: not JsonValueKind.Null })
            : null;
}
