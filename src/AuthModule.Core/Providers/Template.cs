using System;
using System.Collections.Generic;
using System.Text;

namespace AuthModule.Providers;

/// <summary>
/// A text with places to fill: <c>{name}</c> is required, <c>{name?}</c> may be absent, <c>{name*}</c> stands for each of
/// several. A text that is one optional place and finds no value is left out as a whole.
/// </summary>
internal sealed class Template
{
    private readonly List<Part> parts;

    private Template(string source, List<Part> parts)
    {
        Source = source;
        this.parts = parts;
    }

    public string Source { get; }

    /// <summary>The names of the places.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            foreach (Part part in parts)
            {
                if (part.IsPlace)
                {
                    yield return part.Text;
                }
            }
        }
    }

    /// <exception cref="FormatException">A brace that does not close, or a name that is no name.</exception>
    public static Template Parse(string source)
    {
        var parts = new List<Part>();
        int at = 0;
        while (at < source.Length)
        {
            int open = source.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add(new Part(source.Substring(at), false, false, false));
                break;
            }

            if (open > at)
            {
                parts.Add(new Part(source.Substring(at, open - at), false, false, false));
            }

            int close = source.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"'{source}' has a '{{' without its '}}'");
            }

            parts.Add(Place(source.Substring(open + 1, close - open - 1), source));
            at = close + 1;
        }

        return new Template(source, parts);
    }

    /// <summary>The filled text; null when an optional place has no value. Values pass through <paramref name="encode"/>.</summary>
    /// <exception cref="ConfigurationException">MissingParameter, named as the user knows it.</exception>
    public string? Fill(TemplateValues values, Func<string, string>? encode = null)
    {
        if (parts.Count == 1)
        {
            return Fill(parts[0], values, encode);
        }

        var text = new StringBuilder();
        foreach (Part part in parts)
        {
            if (Fill(part, values, encode) is not { } filled)
            {
                return null;
            }

            text.Append(filled);
        }

        return text.ToString();
    }

    private static string? Fill(Part part, TemplateValues values, Func<string, string>? encode) =>
        !part.IsPlace ? part.Text
        : values.Find(part.Text) is { } value ? encode is null ? value : encode(value)
        : part.IsOptional ? null
        : throw values.Missing(part.Text);

    /// <summary>One text for each value of a <c>{name*}</c>, else the one text or none.</summary>
    public IEnumerable<string> FillAll(TemplateValues values)
    {
        if (parts.Count == 1 && parts[0].IsRepeated)
        {
            return values.FindAll(parts[0].Text);
        }

        string? text = Fill(values);
        return text is null ? [] : [text];
    }

    /// <summary>True for <c>{name*}</c>: in JSON such a field is a list.</summary>
    public bool IsList => parts.Count == 1 && parts[0].IsRepeated;

    public override string ToString() => Source;

    private static Part Place(string inside, string source)
    {
        bool isOptional = inside.EndsWith('?');
        bool isRepeated = inside.EndsWith('*');
        string name = isOptional || isRepeated ? inside.Substring(0, inside.Length - 1) : inside;
        if (name.Length == 0)
        {
            throw new FormatException($"'{source}' has a place without a name");
        }

        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                throw new FormatException($"'{name}' in '{source}' is not a name");
            }
        }

        return new Part(name, true, isOptional || isRepeated, isRepeated);
    }

    private readonly record struct Part(string Text, bool IsPlace, bool IsOptional, bool IsRepeated);
}
