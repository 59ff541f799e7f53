using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AuthModule.Help.Pages;

/// <summary>Texts of parameters that several cmdlets have: written once, used where a cmdlet's own page has none.</summary>
internal sealed class SharedParameters
{
    private readonly Dictionary<string, PageSection> sections = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public static SharedParameters Read(string file, List<HelpFault> faults)
    {
        var shared = new SharedParameters();
        foreach (PageSection section in File.Exists(file) ? PageSection.Read(file, faults).Sections : [])
        {
            if (section.Paragraphs.Count == 0 || !section.Title.StartsWith('-') || !shared.sections.TryAdd(section.Title[1..], section))
            {
                faults.Add(new HelpFault(section.File, section.Line, $"'{section.Title}' has to be the name of a parameter, as '## -Name', once and with a text."));
            }
        }

        return shared;
    }

    /// <summary>Null where there is no text.</summary>
    public IReadOnlyList<string>? Find(string parameter)
    {
        used.Add(parameter);
        return sections.TryGetValue(parameter, out PageSection? section) ? section.Paragraphs : null;
    }

    public IEnumerable<HelpFault> Unused() =>
        sections.Where(section => !used.Contains(section.Key)).Select(section => new HelpFault(section.Value.File, section.Value.Line, $"no cmdlet takes '-{section.Key}' from here: remove it."));
}
