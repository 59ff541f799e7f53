using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using AuthModule.Providers;

namespace AuthModule.Core.Tests.Providers.Schema;

/// <summary>A place in descriptions that the schema tells of, and a way to ask the reader what it thinks of a value there.</summary>
internal sealed class SchemaPlace
{
    private readonly JsonSchema root;
    private readonly IReadOnlyList<string> names;

    private SchemaPlace(JsonSchema root, IReadOnlyList<string> names, JsonSchema schema)
    {
        this.root = root;
        this.names = names;
        Schema = schema;
    }

    public JsonSchema Schema { get; }

    /// <summary>As errors of the reader write it.</summary>
    public string Path => string.Join('.', names).Replace(".[0]", "[0]", StringComparison.Ordinal);

    /// <summary>All places, each definition once on every way to it.</summary>
    public static IReadOnlyList<SchemaPlace> All { get; } =
        [.. Below(new SchemaPlace(JsonSchema.OfDescriptions, [], JsonSchema.OfDescriptions), [])];

    /// <summary>What the reader says when this value is here in a description that is fine otherwise; null when it takes it.</summary>
    public string? ReaderOn(JsonNode value)
    {
        JsonNode description = Sample(root);
        if (names.Count == 0)
        {
            description = value;
        }
        else
        {
            Put(description, root, 0, value);
        }

        try
        {
            DescriptionReader.Read(Encoding.UTF8.GetBytes(description.ToJsonString()), "probe");
            return null;
        }
        catch (ConfigurationException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>The least that fits a schema.</summary>
    public static JsonNode Sample(JsonSchema schema) => schema.Types[0] switch
    {
        "object" => new JsonObject(
            schema.Required.Select(name => KeyValuePair.Create(name, (JsonNode?)Sample(schema.Properties.Single(property => property.Key == name).Value)))
                .Concat(schema.LeastProperties > 0 ? [KeyValuePair.Create(schema.FirstName, (JsonNode?)Sample(schema.Values!))] : [])),
        "array" => new JsonArray(),
        "boolean" => true,
        "integer" or "number" => schema.Minimum ?? 400,
        _ => schema.Words.Count > 0 ? schema.Words[0] : "x",
    };

    private static IEnumerable<SchemaPlace> Below(SchemaPlace place, IReadOnlyList<string> passed)
    {
        yield return place;
        if (passed.Contains(place.Schema.Id))
        {
            yield break;
        }

        string[] way = [.. passed, place.Schema.Id];
        IEnumerable<KeyValuePair<string, JsonSchema>> members = place.Schema.Properties;
        if (place.Schema.Values is { } values)
        {
            members = members.Append(KeyValuePair.Create(place.Schema.FirstName, values));
        }

        if (place.Schema.Items is { } items)
        {
            members = members.Append(KeyValuePair.Create("[0]", items));
        }

        foreach ((string name, JsonSchema schema) in members)
        {
            foreach (SchemaPlace deeper in Below(new SchemaPlace(place.root, [.. place.names, name], schema), way))
            {
                yield return deeper;
            }
        }
    }

    private void Put(JsonNode at, JsonSchema schema, int depth, JsonNode value)
    {
        string name = names[depth];
        JsonSchema member = name == "[0]" ? schema.Items! : schema.Properties.FirstOrDefault(property => property.Key == name).Value ?? schema.Values!;
        JsonNode inside = depth == names.Count - 1 ? value
            : names[depth + 1] == "[0]" ? new JsonArray()
            : Sample(member);
        if (at is JsonArray list)
        {
            list.Add(inside);
        }
        else
        {
            at[name] = inside;
        }

        if (depth < names.Count - 1)
        {
            Put(inside, member, depth + 1, value);
        }
    }
}
