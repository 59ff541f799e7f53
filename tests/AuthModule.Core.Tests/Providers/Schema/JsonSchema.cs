using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Providers.Schema;

/// <summary>One schema object of the description's JSON Schema, with the keywords that it uses; another keyword is an error.</summary>
internal sealed class JsonSchema
{
    private static readonly string[] Keywords =
    [
        "$schema", "$defs", "$ref", "title", "description", "type", "enum", "pattern", "minimum", "maximum",
        "properties", "patternProperties", "additionalProperties", "required", "propertyNames", "examples", "minProperties", "items", "anyOf",
    ];

    private readonly JsonObject root;
    private readonly JsonObject own;
    private readonly JsonObject target;

    private JsonSchema(JsonObject root, JsonObject own)
    {
        this.root = root;
        this.own = own;
        string? unknown = own.Select(member => member.Key).FirstOrDefault(key => !Keywords.Contains(key));
        if (unknown is not null)
        {
            throw new NotSupportedException($"This reader does not know the keyword '{unknown}' at {own.GetPath()}.");
        }

        JsonObject at = own;
        while (at["$ref"] is { } reference)
        {
            at = reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate(root, (node, name) => (JsonObject)node[name]!);
        }

        target = at;
    }

    public static JsonSchema OfDescriptions { get; } = Parse(RepositoryFiles.Read("src/AuthModule.Core/Providers/provider.schema.json"));

    public static JsonSchema OfProfiles { get; } = Parse(RepositoryFiles.Read("src/AuthModule.Core/Profiles/profile.schema.json"));

    /// <summary>Two uses of one definition have the same.</summary>
    public string Id => target.GetPath();

    public string? Description => Text(own, "description") ?? Text(target, "description");

    public IReadOnlyList<string> Types => target["type"] switch
    {
        JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => [.. Choices.SelectMany(choice => choice.Types)],
    };

    public IReadOnlyList<string> Words => target["enum"] is JsonArray words ? [.. words.Select(word => word!.GetValue<string>())] : [];

    public string? Pattern => Text(target, "pattern");

    public int? Minimum => target["minimum"]?.GetValue<int>();

    public int? Maximum => target["maximum"]?.GetValue<int>();

    public int LeastProperties => target["minProperties"]?.GetValue<int>() ?? 0;

    /// <summary>The names that an object with names of the author's own may have; empty is any.</summary>
    public IReadOnlyList<string> Names => target["propertyNames"]?["enum"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : [];

    /// <summary>A name that such an object can have.</summary>
    public string FirstName => Names.FirstOrDefault() ?? target["propertyNames"]?["examples"]?[0]?.GetValue<string>() ?? "first";

    public IReadOnlyList<string> Required => target["required"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : [];

    public IReadOnlyList<KeyValuePair<string, JsonSchema>> Properties => target["properties"] is JsonObject members
        ? [.. members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value!)))]
        : [];

    /// <summary>True where an object may hold the names of <see cref="Properties"/> only, and names that begin with <c>$</c>.</summary>
    public bool IsClosed =>
        target["additionalProperties"] is JsonValue others && others.GetValueKind() == JsonValueKind.False && target["patternProperties"]?["^\\$"] is not null;

    /// <summary>What the values of an object with names of the author's own are.</summary>
    public JsonSchema? Values => target["additionalProperties"] is JsonObject values ? Of(values) : null;

    public JsonSchema? Items => target["items"] is JsonObject items ? Of(items) : Choices.Select(choice => choice.Items).FirstOrDefault(items => items is not null);

    public IReadOnlyList<JsonSchema> Choices => target["anyOf"] is JsonArray choices ? [.. choices.Select(choice => Of(choice!))] : [];

    /// <summary>The whole of it, as JSON.</summary>
    public override string ToString() => root.ToJsonString();

    private static JsonSchema Parse(string json)
    {
        var root = (JsonObject)JsonNode.Parse(json)!;
        return new JsonSchema(root, root);
    }

    private static string? Text(JsonObject node, string name) => node[name]?.GetValue<string>();

    private JsonSchema Of(JsonNode node) => new(root, (JsonObject)node);
}
