using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
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
            SecretInput.RequireOneReader(parsed);
            return RunAsync(new Invocation(parsed, context, diagnostics.Log(parsed, context)), cancellationToken);
        });
    }

    public IReadOnlyList<OptionGroup> Groups => groups;

    public IReadOnlyList<string> Examples { get; protected init; } = [];

    /// <summary>What one has to know besides; null when that is nothing.</summary>
    public string? Notes { get; protected init; }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(Invocation call, CancellationToken cancellationToken);

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
