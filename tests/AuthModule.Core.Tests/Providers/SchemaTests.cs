using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using AuthModule.Core.Tests.Providers.Schema;
using AuthModule.Errors;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Providers;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Providers;

/// <summary>The schema that editors use and the reader that decides know the same fields, words and kinds.</summary>
public sealed class SchemaTests
{
    private const string Unknown = "no-such-thing";

    public static TheoryData<string> Files() =>
        [.. RepositoryFiles.In("src/AuthModule.Core/Providers/BuiltIn", "*.json").Concat(RepositoryFiles.In("examples/providers", "*.json")).Select(Path.GetFileName).OfType<string>()];

    public static TheoryData<string> ClosedObjects() => PathsOf(place => place.Schema.IsClosed);

    public static TheoryData<string> OpenObjects() => PathsOf(place => place.Schema.Values is not null);

    public static TheoryData<string> WordPlaces() => PathsOf(place => place.Schema.Words.Count > 0);

    public static TheoryData<string> AllPlaces() => PathsOf(place => place.Path.Length > 0);

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(Files))]
    public void Every_description_fits_the_schema(string file)
    {
        string folder = File.Exists(RepositoryFiles.PathOf("examples/providers/" + file)) ? "examples/providers/" : "src/AuthModule.Core/Providers/BuiltIn/";
        Assert.Empty(SchemaCheck.Faults(RepositoryFiles.Read(folder + file)));
    }

    [Theory]
    [Trait("Feature", "N12")]
    [InlineData("""{ "name": "x" }""", "the file lacks grants")]
    [InlineData("""{ "name": "x", "grants": {} }""", "the file.grants is empty")]
    [InlineData("""{ "name": "x y", "grants": { "password": {} } }""", "the file.name does not match")]
    [InlineData("""{ "name": "x", "grants": { "password": { "encoding": "xml" } } }""", "the file.grants.password.encoding is none of its words")]
    [InlineData("""{ "name": "x", "grants": { "password": { "fields": { "u": "{username" } } } }""", "the file.grants.password.fields.u does not match")]
    [InlineData("""{ "name": "x", "grants": { "password": { "fallback": {} } } }""", "the file.grants.password.fallback lacks on")]
    [InlineData("""{ "name": "x", "grants": { "password": {} }, "reply": { "defaultLifetime": -1 } }""", "the file.reply.defaultLifetime is out of bounds")]
    public void The_schema_refuses_what_the_reader_refuses(string json, string fault)
    {
        Assert.StartsWith(fault, Assert.Single(SchemaCheck.Faults(json)), StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => DescriptionReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "probe"));
    }

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(ClosedObjects))]
    public void Reader_and_schema_know_the_same_fields(string path)
    {
        SchemaPlace place = Place(path);
        JsonNode probe = SchemaPlace.Sample(place.Schema);
        probe[Unknown] = true;
        string? refusal = place.ReaderOn(probe);
        Assert.NotNull(refusal);
        Assert.Contains($"field {Below(path, Unknown)}: is not a field", refusal, StringComparison.Ordinal);
        Assert.Equal(place.Schema.Properties.Select(property => property.Key).Order(StringComparer.Ordinal), ListBehind(refusal, "known are "));
    }

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(OpenObjects))]
    public void The_reader_takes_any_name_where_the_schema_does(string path)
    {
        SchemaPlace place = Place(path);
        Assert.DoesNotContain(
            "is not a field",
            place.ReaderOn(new JsonObject { [Unknown] = SchemaPlace.Sample(place.Schema.Values!) }) ?? string.Empty,
            StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(WordPlaces))]
    public void Reader_and_schema_know_the_same_words(string path)
    {
        SchemaPlace place = Place(path);
        if (path.EndsWith("rules[0].id", StringComparison.Ordinal))
        {
            Assert.Equal(ErrorCatalog.Ids, place.Schema.Words);
            return;
        }

        if (path.StartsWith("clientAuthentication", StringComparison.Ordinal))
        {
            Assert.Equal(ClientAuthenticationMethods.All.Select(method => method.Name).Order(StringComparer.Ordinal), place.Schema.Words.Order(StringComparer.Ordinal));
            return;
        }

        string? refusal = place.ReaderOn(Unknown);
        Assert.NotNull(refusal);
        Assert.Equal(place.Schema.Words.Order(StringComparer.Ordinal), ListBehind(refusal, "is not one of "));
    }

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(AllPlaces))]
    public void Reader_and_schema_want_the_same_kinds_of_value(string path)
    {
        SchemaPlace place = Place(path);
        var kinds = new Dictionary<string, Func<JsonNode>>
        {
            ["string"] = () => place.Schema.Words.Count > 0 ? place.Schema.Words[0] : "x",
            ["integer"] = () => 400,
            ["boolean"] = () => true,
            ["array"] = () => new JsonArray(),
            ["object"] = () => new JsonObject(),
        };
        foreach ((string kind, Func<JsonNode> value) in kinds)
        {
            bool isTaken = !IsRefusedForItsKind(place.ReaderOn(value()), path);
            bool isAllowed = place.Schema.Types.Contains(kind) || (kind == "integer" && place.Schema.Types.Contains("number"));
            Assert.True(isTaken == isAllowed, $"{path}: the schema {(isAllowed ? "allows" : "refuses")} {kind}, the reader does not.");
        }
    }

    [Theory]
    [Trait("Feature", "N12")]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("{authority}/a/{id}")]
    [InlineData("{a?}{b*}")]
    [InlineData("a}b")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{?}")]
    [InlineData("{a b}")]
    [InlineData("{a{b}}")]
    [InlineData("{a?*}")]
    [InlineData("Basic {basic:a,b}")]
    [InlineData("{basic:,b?}")]
    [InlineData("{basic:,}")]
    [InlineData("{basic:a}")]
    [InlineData("{base64:a}{base64url:b}")]
    [InlineData("{base64:a,b}")]
    [InlineData("{base64:a*}")]
    [InlineData("{jwt:login}")]
    [InlineData("{jwt:}")]
    [InlineData("{endpoint:token?}")]
    [InlineData("{nope:a}")]
    public void Reader_and_schema_take_the_same_templates(string text)
    {
        string pattern = Place("authority.append").Schema.Pattern!;
        Assert.Equal(
            Record.Exception(() => Template.Parse(text)) is null,
            System.Text.RegularExpressions.Regex.IsMatch(text, pattern));
    }

    [Fact]
    [Trait("Feature", "S12")]
    public void The_names_of_entries_are_those_of_what_there_is()
    {
        Assert.Equal(AuthModule.Grants.GrantRegistry.All.Select(grant => grant.DescribedAs).Distinct().Order(StringComparer.Ordinal), EntryNames.Grants.Order(StringComparer.Ordinal));
        Assert.Equal(ClientAuthenticationMethods.All.Select(method => method.Name).Order(StringComparer.Ordinal), EntryNames.ClientAuthentication.Order(StringComparer.Ordinal));
        Assert.Equal(EntryNames.Operations.Order(StringComparer.Ordinal), Place("operations").Schema.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public void The_environment_can_set_what_the_schema_says() =>
        Assert.Equal(TemplatePlaces.Settable.Order(), Place("environment").Schema.Properties.Select(property => property.Key).Order());

    // Of a list of numbers the reader names the list; a text where headers carry secrets is refused as one.
    private static bool IsRefusedForItsKind(string? refusal, string path) => refusal is not null
        && (refusal.Contains($"field {path}: has to be", StringComparison.Ordinal)
            || (path.EndsWith("[0]", StringComparison.Ordinal) && refusal.Contains($"field {path.Substring(0, path.Length - 3)}: has to be", StringComparison.Ordinal))
            || refusal.Contains($"field {path}: holds a value where a secret belongs", StringComparison.Ordinal));

    private static TheoryData<string> PathsOf(Func<SchemaPlace, bool> wanted) => [.. SchemaPlace.All.Where(wanted).Select(place => place.Path)];

    private static SchemaPlace Place(string path) => SchemaPlace.All.Single(place => place.Path == path);

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static IEnumerable<string> ListBehind(string message, string words) =>
        message.Substring(message.IndexOf(words, StringComparison.Ordinal) + words.Length).TrimEnd('.').Split(", ").Order(StringComparer.Ordinal);
}
