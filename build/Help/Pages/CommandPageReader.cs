using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Help.Commands;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AuthModule.Help.Pages;

/// <summary>Reads the page of a cmdlet and holds it to the cmdlet.</summary>
internal sealed class CommandPageReader
{
    private static readonly string[] Headings = ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly PageSection page;
    private readonly Command command;
    private readonly List<HelpFault> faults;

    private CommandPageReader(PageSection page, Command command, List<HelpFault> faults)
    {
        this.page = page;
        this.command = command;
        this.faults = faults;
    }

    public static CommandPage Read(string file, Command command, SharedParameters shared, List<HelpFault> faults)
    {
        var reader = new CommandPageReader(PageSection.Read(file, faults), command, faults);
        reader.CheckHeadings();
        return new CommandPage
        {
            Synopsis = reader.Text("SYNOPSIS"),
            Description = reader.Text("DESCRIPTION"),
            Examples = [.. reader.Parts("EXAMPLES").Select(reader.Example)],
            Parameters = reader.Parameters(shared),
            Inputs = reader.Types("INPUTS", command.Inputs, mayHaveMore: command.Parameters.Any(parameter => parameter.IsFromProperty)),
            Outputs = reader.Types("OUTPUTS", command.Outputs, mayHaveMore: false),
            Notes = reader.Text("NOTES"),
            Links = [.. reader.Part("RELATED LINKS").Blocks.SelectMany(block => block.Block.Descendants<LinkInline>()).Select(link => reader.Link(link))],
        };
    }

    private void CheckHeadings()
    {
        if (page.Title != command.Name)
        {
            Fault(page, $"the title is '{page.Title}', not '# {command.Name}'.");
        }

        string[] found = [.. page.Sections.Select(section => section.Title)];
        if (!found.SequenceEqual(Headings))
        {
            PageSection at = page.Sections.Where((section, index) => index >= Headings.Length || section.Title != Headings[index]).FirstOrDefault() ?? page;
            Fault(at, $"the headings are {string.Join(", ", found)}; they have to be {string.Join(", ", Headings)}, in this order.");
        }
    }

    private PageSection Part(string title) => page.Sections.FirstOrDefault(section => section.Title == title) ?? new PageSection(title, page.File, 1);

    private List<PageSection> Parts(string title)
    {
        PageSection part = Part(title);
        if (part.Sections.Count == 0 && title == "EXAMPLES")
        {
            Fault(part, "there is no example.");
        }

        return part.Sections;
    }

    private IReadOnlyList<string> Text(string title) => Filled(Part(title)).Paragraphs;

    private PageSection Filled(PageSection section)
    {
        if (section.Paragraphs.Count == 0)
        {
            Fault(section, $"there is no text under '{section.Title}'.");
        }

        return section;
    }

    private PageExample Example(PageSection section)
    {
        PageBlock? code = section.Blocks.FirstOrDefault(block => block.Block is FencedCodeBlock { Info: "powershell" });
        if (code is null || !section.Title.StartsWith("Example ", StringComparison.Ordinal))
        {
            Fault(section, "an example is '### Example 1: TITLE' with a ```powershell block.");
        }

        return new PageExample(section.Title, code is null ? string.Empty : PlainText.Code((LeafBlock)code.Block), [.. section.Blocks.Where(block => block != code).SelectMany(block => PlainText.Paragraphs(block.Block))]);
    }

    private Dictionary<string, IReadOnlyList<string>> Parameters(SharedParameters shared)
    {
        PageSection part = Part("PARAMETERS");
        var texts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (PageSection section in part.Sections)
        {
            string name = section.Title.TrimStart('-');
            if (command.Parameters.All(parameter => parameter.Name != name))
            {
                Fault(section, $"{command.Name} has no parameter '{section.Title}'.");
            }
            else if (!texts.TryAdd(name, Filled(section).Paragraphs))
            {
                Fault(section, $"'{section.Title}' is described twice.");
            }
        }

        foreach (Parameter parameter in command.Parameters.Where(parameter => !texts.ContainsKey(parameter.Name)))
        {
            if (shared.Find(parameter.Name) is { } text)
            {
                texts.Add(parameter.Name, text);
            }
            else
            {
                Fault(part, $"parameter -{parameter.Name} is not described, neither here nor in {HelpBuild.SharedFile}.");
            }
        }

        return texts;
    }

    private IReadOnlyList<PageType> Types(string title, IReadOnlyList<string> wanted, bool mayHaveMore)
    {
        PageSection part = Part(title);
        string[] expected = wanted.Count == 0 && !mayHaveMore ? ["None"] : [.. wanted];
        string[] found = [.. part.Sections.Select(section => section.Title)];
        if (expected.Except(found).Any() || (!mayHaveMore && found.Except(expected).Any()) || found.Length == 0)
        {
            Fault(part, $"{title} has {string.Join(", ", found.DefaultIfEmpty("nothing"))}; {command.Name} has {string.Join(", ", expected.DefaultIfEmpty("None"))}.");
        }

        return [.. part.Sections.Select(section => new PageType(section.Title, section.Title == "None" ? section.Paragraphs : Filled(section).Paragraphs))];
    }

    // Another page of this folder is another help text.
    private PageLink Link(LinkInline link)
    {
        bool isPage = link.Url is { } url && !url.Contains("://", StringComparison.Ordinal);
        string text = PlainText.Of(link);
        if (isPage && !File.Exists(Path.Combine(Path.GetDirectoryName(page.File)!, link.Url!)))
        {
            faults.Add(new HelpFault(page.File, link.Line + 1, $"'{link.Url}' is not there."));
        }

        return new PageLink(text, isPage ? string.Empty : link.Url ?? string.Empty);
    }

    private void Fault(PageSection section, string text) => faults.Add(new HelpFault(section.File, section.Line, text));
}
