using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Providers;

/// <summary>A piece of a template: a text as it is, a place, or a function of places.</summary>
internal sealed class TemplatePart
{
    private readonly TemplateFunction? function;
    private readonly bool isPlace;
    private readonly bool isOptional;

    private TemplatePart(string text, bool isPlace, bool isOptional, bool isRepeated, TemplateFunction? function)
    {
        Text = text;
        this.isPlace = isPlace;
        this.isOptional = isOptional;
        IsRepeated = isRepeated;
        this.function = function;
    }

    /// <summary>The text, or the name of the place.</summary>
    public string Text { get; }

    public bool IsRepeated { get; }

    /// <summary>Whether JSON has a number for it.</summary>
    public bool IsNumber => function?.IsNumber == true;

    public IEnumerable<string> Names => function is not null ? function.Names : isPlace ? [Text] : [];

    public static TemplatePart Literal(string text) => new(text, false, false, false, null);

    /// <exception cref="FormatException">What is between the braces is neither a name nor a function.</exception>
    public static TemplatePart Place(string inside, string source)
    {
        bool isOptional = inside.EndsWith('?');
        bool isRepeated = inside.EndsWith('*');
        string name = isOptional || isRepeated ? inside.Substring(0, inside.Length - 1) : inside;
        if (name.Length == 0)
        {
            throw new FormatException($"'{source}' has a place without a name");
        }

        int colon = name.IndexOf(':');
        if (colon >= 0 && !isRepeated)
        {
            return new TemplatePart(name, true, isOptional, false, TemplateFunction.Parse(name.Substring(0, colon), name.Substring(colon + 1), source));
        }

        return name.All(IsNameLetter)
            ? new TemplatePart(name, true, isOptional || isRepeated, isRepeated, null)
            : throw new FormatException($"'{name}' in '{source}' is not a name");
    }

    public static bool IsNameLetter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    /// <summary>Null where it is optional and has no value.</summary>
    public string? Fill(TemplateValues values, Func<string, string>? encode)
    {
        if (!isPlace)
        {
            return Text;
        }

        string? value = function is null ? values.Find(Text) : function.Fill(values, isOptional);
        return value is not null ? encode is null ? value : encode(value)
            : isOptional ? null
            : throw values.Missing(Text);
    }
}
