using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Tests.Support;

namespace AuthModule.Cli.Tests.Integrations;

/// <summary>
/// Runs the operations of a DSC v3 command resource as its manifest says, as dsc does: the executable with its arguments, the
/// instance on stdin, the exit code by the manifest's list, the state from stdout. It knows nothing of the resource itself.
/// </summary>
internal sealed class DscEngine(string manifestPath, Dictionary<string, string> environment)
{
    private readonly JsonElement manifest = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(manifestPath));

    public string Type => manifest.GetProperty("type").GetString()!;

    public IEnumerable<int> ExitCodes => manifest.GetProperty("exitCodes").EnumerateObject().Select(static code => int.Parse(code.Name, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Everything that was written, by all operations.</summary>
    public List<string> Written { get; } = [];

    public Task<CliResult> RunAsync(string operation, string instance = "") => RunAsync(manifest.GetProperty(operation), instance);

    public async Task<JsonElement> SchemaAsync() => (await RunAsync(manifest.GetProperty("schema").GetProperty("command"), string.Empty)).Json;

    /// <summary>What dsc takes as the answer to "test": the state's own word for it.</summary>
    public async Task<bool> TestAsync(string instance)
    {
        JsonElement test = manifest.GetProperty("test");
        if (test.GetProperty("return").GetString() != "state")
        {
            throw new NotSupportedException("This driver reads a state.");
        }

        return (await RunAsync(test, instance)).Json.GetProperty("_inDesiredState").GetBoolean();
    }

    private async Task<CliResult> RunAsync(JsonElement command, string instance)
    {
        string[] arguments = [.. command.GetProperty("args").EnumerateArray().Select(static argument => argument.GetString()!)];
        bool takesInput = command.TryGetProperty("input", out JsonElement input);
        if (takesInput && input.GetString() != "stdin")
        {
            throw new NotSupportedException("This driver writes to stdin.");
        }

        // Where the manifest is installed the executable is on PATH; here it lies beside the tests.
        if (command.GetProperty("executable").GetString() != "authmodule")
        {
            throw new NotSupportedException("This driver runs authmodule.");
        }

        CliResult result = await CliProcess.RunAsync(arguments, environment, takesInput ? instance : string.Empty);
        Written.Add(result.All);
        return result;
    }
}
