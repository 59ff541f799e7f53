using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AuthModule.Core.Tests.Providers.Schema;
using AuthModule.Grants;
using AuthModule.Providers;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>docs/providers.md says what the reader reads.</summary>
public sealed class ProvidersPageTests
{
    private static readonly string Page = RepositoryFiles.Read("docs/providers.md");

    public static TheoryData<string> Snippets() => [.. Regex.Matches(Page, "```json\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(Snippets))]
    public void Every_snippet_is_a_description_or_a_part_of_one(string json)
    {
        bool isWhole = json.StartsWith('{');
        var description = (JsonObject)JsonNode.Parse(isWhole ? json : $"{{{json}}}")!;
        description.TryAdd("name", "snippet");
        description.TryAdd("grants", new JsonObject { ["password"] = new JsonObject() });
        ProviderDescription read = DescriptionReader.Read(Encoding.UTF8.GetBytes(description.ToJsonString()), "docs/providers.md");
        if (isWhole)
        {
            Assert.Equal(RepositoryFiles.Read($"examples/providers/{read.Name}.json"), json);
        }
    }

    [Fact]
    [Trait("Feature", "N12")]
    public void Every_field_is_explained()
    {
        IEnumerable<string> fields = SchemaPlace.All.SelectMany(place => place.Schema.Properties).Select(property => property.Key).Distinct();
        Assert.DoesNotContain(fields, field => !Page.Contains($"`{field}`", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public void Every_place_is_explained_and_no_other()
    {
        string[] named = [.. Regex.Matches(Section("### Places", "### Fallbacks"), @"`\{(\w+)[?*]?\}`").Select(match => match.Groups[1].Value).Distinct()];
        Assert.Equal(TemplatePlaces.All.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public void Every_grant_is_listed_and_no_other()
    {
        string table = Section("| Grant |", "Any other name");
        Assert.Equal(
            GrantRegistry.All.Select(grant => grant.Name).Order(StringComparer.Ordinal),
            Regex.Matches(table, "^\\| `([^`]+)`", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public void Every_link_inside_the_page_has_its_heading()
    {
        string[] anchors = [.. Regex.Matches(Page, "^#+ (.+)$", RegexOptions.Multiline).Select(match => Anchor(match.Groups[1].Value))];
        Assert.Empty(Regex.Matches(Page, @"\]\(#([^)]+)\)").Select(match => match.Groups[1].Value).Except(anchors));
    }

    private static string Section(string from, string to)
    {
        int start = Page.IndexOf(from, StringComparison.Ordinal);
        return Page.Substring(start, Page.IndexOf(to, start, StringComparison.Ordinal) - start);
    }

    private static string Anchor(string heading) =>
        Regex.Replace(heading.ToLowerInvariant(), @"[^\w\- ]", string.Empty).Replace(' ', '-');
}
