using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using PublicSchema = Json.Schema.JsonSchema;

namespace AuthModule.Core.Tests.Providers.Schema;

/// <summary>Holds a JSON document against a schema, as an editor does.</summary>
internal static class SchemaCheck
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly EvaluationOptions Flat = new() { OutputFormat = OutputFormat.List };
    private static readonly Dictionary<JsonSchema, PublicSchema> Compiled = [];

    public static IReadOnlyList<string> Faults(string json) => Faults(json, JsonSchema.OfDescriptions);

    public static IReadOnlyList<string> Faults(string json, JsonSchema schema)
    {
        using JsonDocument document = JsonDocument.Parse(json, Lenient);
        EvaluationResults results = Compile(schema).Evaluate(document.RootElement, Flat);
        return results.IsValid ? [] : [.. Failures(results).SelectMany(Describe).Distinct()];
    }

    private static PublicSchema Compile(JsonSchema schema)
    {
        lock (Compiled)
        {
            return Compiled.TryGetValue(schema, out PublicSchema? known)
                ? known
                : Compiled[schema] = PublicSchema.FromText(schema.ToString());
        }
    }

    private static IEnumerable<EvaluationResults> Failures(EvaluationResults results) =>
        (results.Details ?? []).Append(results).Where(detail => !detail.IsValid && detail.Errors is { Count: > 0 });

    private static IEnumerable<string> Describe(EvaluationResults failure)
    {
        string path = "the file" + Regex.Replace(failure.InstanceLocation.ToString(), "/([0-9]+)(?=/|$)", "[$1]").Replace('/', '.');
        return failure.Errors!.Select(error => path + error.Key switch
        {
            "required" => " lacks " + string.Join(", ", Regex.Matches(error.Value, "\"([^\"]+)\"").Select(name => name.Groups[1].Value)),
            "minProperties" => " is empty",
            "pattern" => " does not match",
            "enum" => " is none of its words",
            "minimum" or "maximum" => " is out of bounds",
            _ => $": {error.Key} {error.Value}",
        });
    }
}
