using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>What pages link to, and the files and folders that they name, are there.</summary>
public sealed class LinkTests
{
    private const string Placeholder = "NAME";

    public static TheoryData<string> Pages() =>
        ["docs/providers.md", "docs/errors.md", "docs/endpoints.md", "docs/profiles.md", "docs/diagnosis.md", "docs/services/infrastructure.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", .. HelpPages()];

    private static IEnumerable<string> HelpPages() =>
        Directory.GetFiles(RepositoryFiles.PathOf("docs/en-US"), "*.md").Select(file => "docs/en-US/" + Path.GetFileName(file));

    [Theory]
    [Trait("Feature", "D10")]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_names_is_there(string page)
    {
        string text = RepositoryFiles.Read(page);
        string folder = Path.GetDirectoryName(page)!;
        IEnumerable<string> links = Regex.Matches(text, @"\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)").Select(match => Path.Combine(folder, match.Groups[1].Value));
        IEnumerable<string> paths = Regex.Matches(text, @"`((?:\./)?(?:src|tests|docs|examples|integrations)/[\w./-]+)`").Select(match => match.Groups[1].Value);
        string[] named = [.. links.Concat(paths).Where(name => !name.Contains(Placeholder, StringComparison.Ordinal)).Distinct()];
        Assert.DoesNotContain(named, name => !File.Exists(RepositoryFiles.PathOf(name)) && !Directory.Exists(RepositoryFiles.PathOf(name)));
    }

    [Fact]
    [Trait("Feature", "D4")]
    public void The_map_has_every_folder_of_the_engine()
    {
        string map = RepositoryFiles.Read("CONTRIBUTING.md");
        Assert.DoesNotContain(
            Directory.GetDirectories(RepositoryFiles.PathOf("src/AuthModule.Core")).Select(Path.GetFileName),
            name => name is not ("bin" or "obj") && !map.Contains($"`src/AuthModule.Core/{name}`", StringComparison.Ordinal));
    }
}
