using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using AuthModule.Help.Commands;
using AuthModule.Help.Pages;
using AuthModule.Help.Writers;

namespace AuthModule.Help;

/// <summary>Puts pages and cmdlets together. Nothing is written while there is a fault.</summary>
internal sealed class HelpBuild
{
    /// <summary>Texts of parameters that several cmdlets have.</summary>
    public const string SharedFile = "parameters.md";

    private const string TopicPrefix = "about_";

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);

    private HelpBuild()
    {
    }

    public List<HelpFault> Faults { get; } = [];

    /// <summary>The texts by the names of their files.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    public static HelpBuild Run(string cmdlets, string pages) => Run(CommandReader.Read(cmdlets), Path.GetFileName(cmdlets), pages);

    /// <param name="commands">The cmdlets.</param>
    /// <param name="assembly">Their file's name, by which PowerShell finds their help.</param>
    /// <param name="pages">The folder of the pages.</param>
    public static HelpBuild Run(IReadOnlyList<Command> commands, string assembly, string pages)
    {
        var build = new HelpBuild();
        build.AddCommands(commands, assembly, pages);
        build.AddTopics(pages);
        return build;
    }

    /// <summary>Writes the files, and removes topics of earlier builds whose page is gone.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder, TopicPrefix + "*.help.txt").Where(old => !files.ContainsKey(Path.GetFileName(old))))
        {
            File.Delete(old);
        }

        foreach ((string name, string text) in files)
        {
            // With a byte order mark: Windows PowerShell reads a text without one by the machine's code page.
            File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        }
    }

    private void AddCommands(IReadOnlyList<Command> commands, string assembly, string pages)
    {
        SharedParameters shared = SharedParameters.Read(Path.Combine(pages, SharedFile), Faults);
        var helps = new List<XElement>();
        foreach (Command command in commands)
        {
            string file = Path.Combine(pages, command.Name + ".md");
            if (!File.Exists(file))
            {
                Faults.Add(new HelpFault(file, 1, $"{command.Name} has no page: write one, see CONTRIBUTING.md."));
                continue;
            }

            CommandPage page = CommandPageReader.Read(file, command, shared, Faults);
            helps.Add(MamlWriter.Write(command, page));
        }

        Faults.AddRange(shared.Unused());
        foreach (string file in Directory.GetFiles(pages, "*-*.md").Where(file => commands.All(command => command.Name != Path.GetFileNameWithoutExtension(file))))
        {
            Faults.Add(new HelpFault(file, 1, "there is no cmdlet of this name: remove the page, or correct its name."));
        }

        files.Add(assembly + "-Help.xml", MamlWriter.Document(helps));
    }

    private void AddTopics(string pages)
    {
        foreach (string file in Directory.GetFiles(pages, TopicPrefix + "*.md").Order(StringComparer.Ordinal))
        {
            files.Add(Path.GetFileNameWithoutExtension(file) + ".help.txt", TopicWriter.Write(TopicPage.Read(file, Faults)));
        }
    }
}
