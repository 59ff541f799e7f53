using System;
using System.Text.Json;

namespace AuthModule.Cli.Tests.Support;

/// <summary>What one run of the command line left behind.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    /// <summary>Everything that was shown.</summary>
    public string All => Output + Error;

    public string Text(string member) => Json.GetProperty(member).GetString() ?? throw new InvalidOperationException(member);
}
