using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AuthModule.Core.Tests.Providers.Schema;
using AuthModule.Core.Tests.Support;
using AuthModule.Profiles;
using AuthModule.Profiles.Chain;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Profiles;

/// <summary>The schema that editors use, the reader that decides and the page that explains know the same fields, words and kinds.</summary>
public sealed class ProfileSchemaTests
{
    private const string Unknown = "no-such-thing";

    private static readonly JsonSchema Profile = JsonSchema.OfProfiles.Properties.Single().Value.Values!;
    private static readonly JsonSchema Reference = Property("clientSecret");
    private static readonly string Page = RepositoryFiles.Read("docs/profiles.md");

    public static TheoryData<string> Fields() => [.. Profile.Properties.Select(property => property.Key)];

    public static TheoryData<string> Snippets() => [.. Regex.Matches(Page, "```json\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Reader_and_schema_know_the_same_fields()
    {
        Assert.Equal(NamesOf(JsonSchema.OfProfiles), KnownIn(ReaderOn($$"""{ "profiles": {}, "{{Unknown}}": 1 }""")));
        Assert.Equal(NamesOf(Profile), KnownIn(ReaderOn(InProfile(Unknown, 1))));
        Assert.Equal(NamesOf(Reference), KnownIn(ReaderOn(InProfile("clientSecret", new JsonObject { ["env"] = "X", [Unknown] = 1 }))));
    }

    [Fact]
    public void Reader_and_schema_know_the_same_words()
    {
        string refusal = ReaderOn(InProfile("clientAuthentication", Unknown))!;
        Assert.EndsWith($"has to be one of {string.Join(", ", Property("clientAuthentication").Words)}.", refusal, StringComparison.Ordinal);
        JsonSchema way = Property("chain").Items!.Choices[0];
        Assert.Equal(SignInWays.Names, way.Words);
        Assert.DoesNotContain(SignInWays.Names, name => !Page.Contains($"| `{name}` |", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Reader_and_schema_want_the_same_kinds_of_value(string field)
    {
        JsonSchema schema = Property(field);
        var kinds = new Dictionary<string, Func<JsonNode>>
        {
            ["string"] = () => schema.Words.Count > 0 ? schema.Words[0] : field == "tokenDuration" ? "7d" : field == "assertionSource" ? "github" : "http://x.example",
            ["integer"] = () => 400,
            ["boolean"] = () => true,
            ["array"] = () => new JsonArray(),
            ["object"] = () => schema.Types.Contains("object") && field != "parameter" ? new JsonObject { ["env"] = "X" } : new JsonObject(),
        };
        foreach ((string kind, Func<JsonNode> value) in kinds)
        {
            string file = InProfile(field, value());
            Assert.True(
                ReaderOn(file) is null == (SchemaCheck.Faults(file, JsonSchema.OfProfiles).Count == 0),
                $"{field}: reader and schema differ on {kind}. {ReaderOn(file)}");
        }
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Every_snippet_of_the_page_is_a_profile_file_or_a_profile(string json)
    {
        string file = json.Contains("\"profiles\"", StringComparison.Ordinal) ? json : $$"""{ "profiles": { {{json}} } }""";
        Assert.Null(ReaderOn(file));
        Assert.Empty(SchemaCheck.Faults(file, JsonSchema.OfProfiles));
    }

    [Fact]
    public void The_page_explains_every_field() =>
        Assert.DoesNotContain(NamesOf(Profile).Concat(NamesOf(Reference)), field => !Page.Contains($"`{field}`", StringComparison.Ordinal));

    private static JsonSchema Property(string name) => Profile.Properties.Single(property => property.Key == name).Value;

    private static IEnumerable<string> NamesOf(JsonSchema schema) => schema.Properties.Select(property => property.Key).Order(StringComparer.Ordinal);

    private static string InProfile(string field, JsonNode value) =>
        new JsonObject { ["profiles"] = new JsonObject { ["p"] = new JsonObject { [field] = value } } }.ToJsonString();

    private static IEnumerable<string> KnownIn(string? refusal)
    {
        const string Words = "known are ";
        Assert.NotNull(refusal);
        return refusal.Substring(refusal.IndexOf(Words, StringComparison.Ordinal) + Words.Length).TrimEnd('.').Split(", ").Order(StringComparer.Ordinal);
    }

    private static string? ReaderOn(string json)
    {
        try
        {
            ProfileReader.Read(Encoding.UTF8.GetBytes(json), "profiles.json", new TestEnvironment()).WithoutFaults();
            return null;
        }
        catch (ConfigurationException refused)
        {
            return refused.Message;
        }
    }
}
