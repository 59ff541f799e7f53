using System.CommandLine;
using System.CommandLine.Parsing;
using AuthModule.Cli.Terminal;
using AuthModule.Telemetry;

namespace AuthModule.Cli.Arguments;

/// <summary>What every command can tell on stderr.</summary>
internal sealed class DiagnosticOptions : OptionGroup
{
    public const string JsonErrorsName = "--json-errors";

    private readonly Option<bool> verbose;
    private readonly Option<bool> debug;

    public DiagnosticOptions()
        : base("Diagnostics, on stderr")
    {
        verbose = Add(NewOption.Flag("--verbose", "Tell each decision: which token is used, why it is renewed."));
        debug = Add(NewOption.Flag("--debug", "Tell each request as well, secrets masked."));
        Add(NewOption.Flag(JsonErrorsName, "Write a failure as one JSON object instead of text."));
        foreach (Option option in Options)
        {
            option.Recursive = true;
        }
    }

    public ICallLog Log(ParseResult parsed, CliContext context) => new StandardErrorLog(
        context.Error,
        parsed.GetValue(debug) ? LogLevel.Debug : parsed.GetValue(verbose) ? LogLevel.Verbose : LogLevel.Warning,
        forDsc: parsed.CommandResult.Parent is CommandResult { Command: AuthModule.Cli.Commands.DscCommand });
}
