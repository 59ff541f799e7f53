using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AuthModule.Providers;

/// <summary>
/// A field or header: a template, a value that is sent as it is, or in JSON an object or a list of fields. Items of a list have
/// no name.
/// </summary>
internal sealed record FieldDescription(string Name, Template? Template, object? Literal)
{
    /// <summary>The members of an object, else null.</summary>
    public IReadOnlyList<FieldDescription>? Members { get; init; }

    /// <summary>The items of a list, else null.</summary>
    public IReadOnlyList<FieldDescription>? Items { get; init; }

    /// <summary>Headers of API calls: the methods that it is sent with; empty is all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Its template, and those of what is in it.</summary>
    public IEnumerable<Template> Templates =>
        Template is not null ? [Template] : (Members ?? Items ?? []).SelectMany(inner => inner.Templates);

    /// <summary>What it comes to; null where it is left out.</summary>
    /// <exception cref="ConfigurationException">MissingParameter.</exception>
    public object? Fill(TemplateValues values)
    {
        if (Template is { } template)
        {
            return template.IsList ? template.FillAll(values).ToArray() is { Length: > 0 } texts ? texts : null
                : template.Fill(values) is not { } text ? null
                : template.IsNumber ? long.Parse(text, CultureInfo.InvariantCulture)
                : text;
        }

        if (Members is not null)
        {
            var filled = new List<KeyValuePair<string, object?>>(Members.Count);
            foreach (FieldDescription member in Members)
            {
                if (member.Fill(values) is { } value)
                {
                    filled.Add(new KeyValuePair<string, object?>(member.Name, value));
                }
            }

            return filled.Count > 0 || Members.Count == 0 ? filled : null;
        }

        if (Items is not null)
        {
            object[] filled = [.. Items.SelectMany(item => Several(item.Fill(values), item))];
            return filled.Length > 0 || Items.Count == 0 ? filled : null;
        }

        return Literal;
    }

    /// <summary>Whether it is sent with a method; null is any.</summary>
    public bool IsSentWith(string? method) => method is null || Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    // In a list {name*} stands for as many items as there are values.
    private static IEnumerable<object> Several(object? value, FieldDescription item) => value switch
    {
        null => [],
        string[] texts when item.Template is { IsList: true } => texts,
        _ => [value],
    };
}
