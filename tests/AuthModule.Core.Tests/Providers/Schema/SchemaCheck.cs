using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AuthModule.Core.Tests.Providers.Schema;

/// <summary>Holds a JSON document against a schema.</summary>
internal static class SchemaCheck
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IReadOnlyList<string> Faults(string json) => Faults(json, JsonSchema.OfDescriptions);

    public static IReadOnlyList<string> Faults(string json, JsonSchema schema) =>
        [.. Faults(JsonNode.Parse(json, documentOptions: Options)!, schema, "the file")];

    private static IEnumerable<string> Faults(JsonNode node, JsonSchema schema, string path)
    {
        if (schema.Choices.Count > 0)
        {
            return schema.Choices.Any(choice => !Faults(node, choice, path).Any()) ? [] : [$"{path} fits none of its forms"];
        }

        string kind = KindOf(node);
        if (!schema.Types.Contains(kind) && !(kind == "integer" && schema.Types.Contains("number")))
        {
            return [$"{path} is {kind}"];
        }

        return kind switch
        {
            "object" => InObject((JsonObject)node, schema, path),
            "array" => ((JsonArray)node).SelectMany((item, index) => Faults(item!, schema.Items!, $"{path}[{index}]")),
            "string" => InText(node.GetValue<string>(), schema, path),
            "integer" => node.GetValue<double>() < schema.Minimum || node.GetValue<double>() > schema.Maximum ? [$"{path} is out of bounds"] : [],
            _ => [],
        };
    }

    private static IEnumerable<string> InObject(JsonObject node, JsonSchema schema, string path)
    {
        foreach (string missing in schema.Required.Where(name => !node.ContainsKey(name)))
        {
            yield return $"{path} lacks {missing}";
        }

        if (node.Count < schema.LeastProperties)
        {
            yield return $"{path} is empty";
        }

        foreach ((string name, JsonNode? value) in node.Where(member => !member.Key.StartsWith('$')))
        {
            JsonSchema? known = schema.Properties.FirstOrDefault(property => property.Key == name).Value ?? schema.Values;
            if (known is null || (schema.Names.Count > 0 && !schema.Names.Contains(name)))
            {
                yield return $"{path} has no {name}";
                continue;
            }

            foreach (string fault in Faults(value!, known, $"{path}.{name}"))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> InText(string text, JsonSchema schema, string path)
    {
        if (schema.Words.Count > 0 && !schema.Words.Contains(text))
        {
            yield return $"{path} is none of its words";
        }

        if (schema.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant))
        {
            yield return $"{path} does not match {pattern}";
        }
    }

    private static string KindOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => node.GetValue<double>() % 1 == 0 ? "integer" : "number",
    };
}
