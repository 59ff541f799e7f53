using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Help;
using AuthModule.Help.Commands;

namespace AuthModule.Help.Tests;

/// <summary>What is wrong with a page is said with file and line, and nothing is written then.</summary>
public sealed class HelpFaultTests : IDisposable
{
    private const string Good = """
        # Get-Thing

        ## SYNOPSIS

        Gets things.

        ## DESCRIPTION

        It gets them.

        ## EXAMPLES

        ### Example 1: One

        ```powershell
        Get-Thing
        ```

        ## PARAMETERS

        ### -Name

        Which one.

        ## INPUTS

        ### None

        ## OUTPUTS

        ### System.String

        A thing.

        ## NOTES

        Errors: none.

        ## RELATED LINKS

        - [about_Things](about_Things.md)

        """;

    private const string Topic = "# about_Things\n\n## SHORT DESCRIPTION\n\nThings.\n\n## LONG DESCRIPTION\n\nMany things.\n";

    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-help-").FullName;

    [Fact]
    [Trait("Feature", "D1")]
    public void A_good_page_has_none_and_becomes_help()
    {
        HelpBuild build = Build(Good, Topic);
        Assert.Empty(build.Faults);
        build.Write(Path.Combine(folder, "out"));
        string maml = File.ReadAllText(Path.Combine(folder, "out", "Things.dll-Help.xml"));
        Assert.Contains("<maml:para>Which one.</maml:para>", maml, StringComparison.Ordinal);
        Assert.Contains("    Many things.", File.ReadAllText(Path.Combine(folder, "out", "about_Things.help.txt")), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "D1")]
    [InlineData("# Get-Thing", "# Get-Things", 1, "the title is 'Get-Things'")]
    [InlineData("## NOTES", "## Notes", 35, "the headings are SYNOPSIS")]
    [InlineData("### -Name", "##### -Name", 21, "has 5 '#'")]
    [InlineData("### -Name", "### -Nmae", 21, "Get-Thing has no parameter '-Nmae'")]
    [InlineData("### -Name\n\nWhich one.", "", 19, "parameter -Name is not described")]
    [InlineData("### -Name\n\nWhich one.", "### -Name", 21, "there is no text under '-Name'")]
    [InlineData("```powershell", "```", 13, "an example is")]
    [InlineData("### Example 1: One\n\n```powershell\nGet-Thing\n```\n", "", 11, "there is no example")]
    [InlineData("### System.String", "### System.Int32", 29, "OUTPUTS has System.Int32; Get-Thing has System.String")]
    [InlineData("It gets them.", "", 7, "there is no text under 'DESCRIPTION'")]
    [InlineData("(about_Things.md)", "(about_Nothing.md)", 41, "'about_Nothing.md' is not there")]
    public void A_wrong_page_is_an_error_at_its_line(string good, string wrong, int line, string text)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        HelpFault fault = Assert.Single(Build(Good.Replace(good, wrong, StringComparison.Ordinal), Topic).Faults, fault => fault.Text.Contains(text, StringComparison.Ordinal));
        Assert.Equal((Path.Combine(folder, "Get-Thing.md"), line), (fault.File, fault.Line));
        Assert.StartsWith($"{fault.File}({line}): error HELP: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "D1")]
    [InlineData("Remove-Thing.md", "# Remove-Thing\n", 1, "there is no cmdlet of this name")]
    [InlineData("parameters.md", "# Shared\n\n## -Other\n\nText.\n", 3, "no cmdlet takes '-Other' from here")]
    [InlineData("about_Else.md", "# about_Things\n\n## SHORT DESCRIPTION\n\n## LONG DESCRIPTION\n", 1, "the title is 'about_Things'")]
    [InlineData("about_Else.md", "# about_Else\n\n## LONG DESCRIPTION\n", 3, "the first headings have to be")]
    [InlineData("about_Else.md", "# about_Else\n\n## SHORT DESCRIPTION\n\n## LONG DESCRIPTION\n\n<!-- include nothing.md -->\n", 7, "'nothing.md' to include is not there")]
    [InlineData("about_Else.md", "# about_Else\n\n## SHORT DESCRIPTION\n\n## LONG DESCRIPTION\n\n<!-- include about_Things.md from Nowhere -->\n", 7, "has no heading 'Nowhere'")]
    public void A_surplus_or_wrong_file_is_an_error(string name, string page, int line, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), page);
        HelpFault fault = Assert.Single(Build(Good, Topic).Faults);
        Assert.Equal((Path.Combine(folder, name), line), (fault.File, fault.Line));
        Assert.Contains(text, fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "D1")]
    public void A_cmdlet_without_a_page_is_an_error()
    {
        File.WriteAllText(Path.Combine(folder, "about_Things.md"), Topic);
        HelpFault fault = Assert.Single(HelpBuild.Run([Thing], "Things.dll", folder).Faults);
        Assert.Equal(Path.Combine(folder, "Get-Thing.md"), fault.File);
    }

    [Fact]
    [Trait("Feature", "D1")]
    public void A_shared_text_stands_in_and_an_included_page_is_taken_over()
    {
        File.WriteAllText(Path.Combine(folder, "parameters.md"), "# Shared\n\n## -Name\n\nThe shared text.\n");
        File.WriteAllText(Path.Combine(folder, "more.md"), "# More\n\nLeft out.\n\n## Part\n\n| a | b |\n| --- | --- |\n| `x` | says y |\n");
        HelpBuild build = Build(Good.Replace("### -Name\n\nWhich one.", string.Empty, StringComparison.Ordinal), Topic + "\n<!-- include more.md from Part -->\n");
        Assert.Empty(build.Faults);
        Assert.Contains("The shared text.", build.Files["Things.dll-Help.xml"], StringComparison.Ordinal);
        Assert.EndsWith("    Part\n    ----\n    x\n        says y\n", build.Files["about_Things.help.txt"], StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", build.Files["about_Things.help.txt"], StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Command Thing => new("Get", "Thing")
    {
        Sets = [null],
        Outputs = ["System.String"],
        SupportsShouldProcess = false,
        Parameters =
        [
            new Parameter("Name")
            {
                TypeName = "String",
                ItemTypeName = "System.String",
                IsSwitch = false,
                IsArray = false,
                DefaultValue = "None",
                Aliases = [],
                Values = [],
                Range = null,
                TakesWildcards = false,
                Placements = [new Placement(null, IsMandatory: false, Position: 0, IsByValue: false, IsByPropertyName: false)],
            },
        ],
    };

    private HelpBuild Build(string page, string topic)
    {
        File.WriteAllText(Path.Combine(folder, "Get-Thing.md"), page);
        File.WriteAllText(Path.Combine(folder, "about_Things.md"), topic);
        return HelpBuild.Run([Thing], "Things.dll", folder);
    }
}
