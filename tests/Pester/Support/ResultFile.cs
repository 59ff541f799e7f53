using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace AuthModule.Pester.Support;

/// <summary>
/// Where Run-Pester.ps1 writes one line of JSON per result, as soon as it has it: what was found before a hang or a crash is
/// not lost.
/// </summary>
internal sealed class ResultFile(string folder)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public string Path { get; } = System.IO.Path.Combine(folder, "results.jsonl");

    /// <returns>The results; whether the run came to its end.</returns>
    public (IReadOnlyList<PesterResult> Results, bool IsComplete) Read()
    {
        List<PesterResult> results = [];
        bool isComplete = false;
        foreach (string line in File.Exists(Path) ? File.ReadAllLines(Path) : [])
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            if (entry.RootElement.TryGetProperty("complete", out _))
            {
                isComplete = true;
                continue;
            }

            results.Add(entry.RootElement.Deserialize<PesterResult>(Options)!);
        }

        return (results, isComplete);
    }
}
