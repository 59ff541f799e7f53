using System;
using System.Collections.Generic;
using AuthModule.Errors;

namespace AuthModule.Validation;

/// <summary>
/// Plain values of a token as objects show them: a table or a list of an object's properties writes every text to the terminal.
/// What a rule compares is never this, but what the token says.
/// </summary>
internal static class VisibleValues
{
    /// <summary>A deep copy: what is handed out may be changed without changing what is kept.</summary>
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> members)
    {
        var visible = new Dictionary<string, object?>(members.Count, StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in members)
        {
            visible[VisibleText.OfValue(member.Key)] = Of(member.Value);
        }

        return visible;
    }

    private static object? Of(object? value) => value switch
    {
        string text => VisibleText.OfValue(text),
        Dictionary<string, object?> members => Of(members),
        object?[] items => Array.ConvertAll(items, Of),
        _ => value,
    };
}
