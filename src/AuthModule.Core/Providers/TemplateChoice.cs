using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Providers;

/// <summary>Templates of which the first that can be filled counts: what the call gives before what the service has by default.</summary>
internal sealed record TemplateChoice(IReadOnlyList<Template> Templates)
{
    public static TemplateChoice None { get; } = new([]);

    public bool IsEmpty => Templates.Count == 0;

    public IEnumerable<string> Names => Templates.SelectMany(template => template.Names);

    /// <summary>Null when none can be filled.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: a place that is not optional.</exception>
    public string? Fill(TemplateValues values, Func<string, string>? encode = null)
    {
        foreach (Template template in Templates)
        {
            if (template.Fill(values, encode) is { } text)
            {
                return text;
            }
        }

        return null;
    }
}
