using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>A command: groups of options, examples for the help, and what it does. Failures are exceptions.</summary>
internal abstract class CliCommand : Command
{
    private readonly List<OptionGroup> groups = [];

    protected CliCommand(string name, string description, CliContext context, DiagnosticOptions diagnostics)
        : base(name, description)
    {
        SetAction((parsed, cancellationToken) =>
        {
            UsageFaults.RefuseOptionsAsArguments(parsed);
            SecretInput.RequireOneReader(parsed);
            context.RequireOutput();
            return StreamsOutput
                ? RunAsync(new Invocation(parsed, context, diagnostics.Log(parsed, context)), cancellationToken)
                : RunAtOnceAsync(parsed, context, diagnostics, cancellationToken);
        });
    }

    public IReadOnlyList<OptionGroup> Groups => groups;

    public IReadOnlyList<string> Examples { get; protected init; } = [];

    /// <summary>What one has to know besides; null when that is nothing.</summary>
    public string? Notes { get; protected init; }

    /// <summary>True where somebody reads along while the command goes on.</summary>
    protected virtual bool StreamsOutput => false;

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(Invocation call, CancellationToken cancellationToken);

    // In one piece: a reader that has seen enough and goes makes no failure of a line that it would not have read.
    private async Task<int> RunAtOnceAsync(ParseResult parsed, CliContext context, DiagnosticOptions diagnostics, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = context.Output.NewLine };
        try
        {
            return await RunAsync(new Invocation(parsed, context with { Output = output }, diagnostics.Log(parsed, context)), cancellationToken);
        }
        finally
        {
            if (output.GetStringBuilder().Length > 0)
            {
                context.Output.Write(output.ToString());
            }
        }
    }

    protected T Take<T>(T argument)
        where T : Argument
    {
        Add(argument);
        return argument;
    }

    protected T Use<T>(T group)
        where T : OptionGroup
    {
        groups.Add(group);
        foreach (Option option in group.Options)
        {
            Add(option);
        }

        return group;
    }
}
