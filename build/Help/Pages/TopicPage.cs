using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AuthModule.Help.Pages;

/// <summary>A page of an about topic.</summary>
internal static class TopicPage
{
    private const string Short = "SHORT DESCRIPTION";
    private const string Long = "LONG DESCRIPTION";

    public static PageSection Read(string file, List<HelpFault> faults)
    {
        PageSection page = PageSection.Read(file, faults);
        string name = Path.GetFileNameWithoutExtension(file);
        if (page.Title != name)
        {
            faults.Add(new HelpFault(file, 1, $"the title is '{page.Title}', not '# {name}'."));
        }

        if (!page.Sections.Select(section => section.Title).Take(2).SequenceEqual([Short, Long]))
        {
            faults.Add(new HelpFault(file, page.Sections.FirstOrDefault()?.Line ?? 1, $"the first headings have to be '## {Short}' and '## {Long}'."));
        }

        return page;
    }
}
