using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AuthModule.Providers;

/// <summary>
/// A text with places to fill: <c>{name}</c> is required, <c>{name?}</c> may be absent, <c>{name*}</c> stands for each of
/// several, <c>{function:arguments}</c> is worked out. A text with an optional place that finds no value is left out as a whole.
/// </summary>
internal sealed class Template
{
    private readonly List<TemplatePart> parts;

    private Template(string source, List<TemplatePart> parts)
    {
        Source = source;
        this.parts = parts;
    }

    public string Source { get; }

    /// <summary>The names of the places, those that functions take among them.</summary>
    public IEnumerable<string> Names => parts.SelectMany(part => part.Names);

    /// <summary>True for <c>{name*}</c>: in JSON such a field is a list.</summary>
    public bool IsList => parts.Count == 1 && parts[0].IsRepeated;

    /// <summary>True for <c>{number:name}</c> and <c>{seconds:name}</c>: in JSON such a field is a number.</summary>
    public bool IsNumber => parts.Count == 1 && parts[0].IsNumber;

    /// <exception cref="FormatException">A brace that does not close, a name that is no name, a function that is none.</exception>
    public static Template Parse(string source)
    {
        var parts = new List<TemplatePart>();
        int at = 0;
        while (at < source.Length)
        {
            int open = source.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add(TemplatePart.Literal(source.Substring(at)));
                break;
            }

            if (open > at)
            {
                parts.Add(TemplatePart.Literal(source.Substring(at, open - at)));
            }

            int close = source.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"'{source}' has a '{{' without its '}}'");
            }

            parts.Add(TemplatePart.Place(source.Substring(open + 1, close - open - 1), source));
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
            return parts[0].Fill(values, encode);
        }

        var text = new StringBuilder();
        foreach (TemplatePart part in parts)
        {
            if (part.Fill(values, encode) is not { } filled)
            {
                return null;
            }

            text.Append(filled);
        }

        return text.ToString();
    }

    /// <summary>One text for each value of a <c>{name*}</c>, else the one text or none.</summary>
    public IEnumerable<string> FillAll(TemplateValues values)
    {
        if (IsList)
        {
            return values.FindAll(parts[0].Text);
        }

        string? text = Fill(values);
        return text is null ? [] : [text];
    }

    public override string ToString() => Source;
}
