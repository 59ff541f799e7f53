using System.CommandLine;
using AuthModule.Telemetry;

namespace AuthModule.Cli.Terminal;

/// <summary>One run of one command: what was typed, and what it may use.</summary>
internal sealed record Invocation(ParseResult Parsed, CliContext Context, ICallLog Log);
