using System;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.Errors;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>docs/errors.md has a section for each id, under its exception, that says the same of retrying as the catalog.</summary>
public sealed class ErrorsPageTests
{
    private static readonly string Page = RepositoryFiles.Read("docs/errors.md");

    public static TheoryData<string> Ids() => [.. ErrorCatalog.Ids];

    [Fact]
    [Trait("Feature", "N9")]
    public void Every_id_has_a_section_and_nothing_else_has() =>
        Assert.Equal(ErrorCatalog.Ids, Regex.Matches(Page, "^### (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));

    [Theory]
    [Trait("Feature", "N9")]
    [MemberData(nameof(Ids))]
    public void A_section_tells_causes_a_remedy_and_whether_to_retry(string id)
    {
        string section = Section($"\n### {id}\n");
        Assert.Matches("^\n[A-Z`]", section);
        Assert.Contains("\n- Causes: ", section, StringComparison.Ordinal);
        Assert.Contains("\n- Do: ", section, StringComparison.Ordinal);
        string retry = section.Substring(section.IndexOf("\n- Retry: ", StringComparison.Ordinal) + "\n- Retry: ".Length);
        Assert.StartsWith(ErrorCatalog.IsTransient(id) ? "Yes" : "No", retry, StringComparison.Ordinal);
        Assert.True(!ErrorCatalog.IsInteractionRequired(id) || section.Contains("person", StringComparison.Ordinal), "A person has to act; the section does not say so.");
    }

    [Theory]
    [Trait("Feature", "N9")]
    [MemberData(nameof(Ids))]
    public void An_id_is_under_its_exception(string id)
    {
        int at = Page.IndexOf($"\n### {id}\n", StringComparison.Ordinal);
        string heading = Regex.Matches(Page.Substring(0, at), "^## (.+)$", RegexOptions.Multiline).Last().Groups[1].Value;
        Assert.Equal(ErrorCatalog.Create(id, "A sentence.", new ErrorDetails()).GetType().Name, heading);
    }

    private static string Section(string heading)
    {
        int start = Page.IndexOf(heading, StringComparison.Ordinal) + heading.Length;
        int end = Regex.Match(Page.Substring(start), "^##", RegexOptions.Multiline) is { Success: true } next ? start + next.Index : Page.Length;
        return Page.Substring(start, end - start);
    }
}
