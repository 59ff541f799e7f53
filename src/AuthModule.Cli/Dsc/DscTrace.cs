using System;
using System.Collections.Generic;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Cli.Dsc;

/// <summary>Standard error as dsc reads it from a command resource: each line one JSON object whose member is the level.</summary>
internal static class DscTrace
{
    /// <summary>Whether a command is an operation of the resource.</summary>
    public static bool IsFor(string command) => command.StartsWith("dsc ", StringComparison.Ordinal);

    public static string Line(string level, string text) => JsonText.WriteObject(new Dictionary<string, object?> { [level] = text });

    public static string Line(LogLevel level, string text) => Line(
        level switch { LogLevel.Warning => "warn", LogLevel.Debug => "debug", _ => "info" },
        text);
}
