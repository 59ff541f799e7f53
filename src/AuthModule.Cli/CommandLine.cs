using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Commands;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli;

/// <summary>Reads a command line, runs its command, and turns every failure into text and an exit code.</summary>
internal static class CommandLine
{
    // A value that starts with @ is a value, not the name of a file with more arguments.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticOptions();
        var help = new GroupedHelp(diagnostics);
        RootCommand root = Root(context, diagnostics, help);
        if (arguments.Length == 0)
        {
            help.WriteRoot(context.Error, root);
            return ExitCode.Usage;
        }

        arguments = HelperOperation.Rewrite(arguments);
        ParseResult parsed = root.Parse(arguments, Parser);
        string command = NameOf(parsed.CommandResult);
        var errors = new ErrorPrinter(context, command, asJson: arguments.Contains(DiagnosticOptions.JsonErrorsName, StringComparer.Ordinal));
        try
        {
            SecretArguments.Refuse(arguments);
            if (parsed.Action is null or ParseErrorAction)
            {
                throw UsageFaults.Of(parsed);
            }

            // Signals are the caller's, and failures are told here.
            var invocation = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (UsageException failure)
        {
            return errors.Print(failure);
        }
        catch (AuthException failure)
        {
            return errors.Print(failure);
        }
        catch (OutputException failure)
        {
            return errors.Print(failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return errors.PrintInterrupted();
        }
#pragma warning disable CA1031 // The last place before the runtime, which would print the message of whatever it is.
        catch (Exception fault)
        {
            return errors.PrintFault(fault);
        }
#pragma warning restore CA1031
    }

    // "dsc get"; empty for the root.
    private static string NameOf(SymbolResult? result) => result is CommandResult { Command: not RootCommand } command
        ? $"{NameOf(command.Parent)} {command.Command.Name}".TrimStart()
        : string.Empty;

    /// <summary>Every command with its options: what the help, completions and the manual page are made from.</summary>
    internal static RootCommand Root(CliContext context)
    {
        var diagnostics = new DiagnosticOptions();
        return Root(context, diagnostics, new GroupedHelp(diagnostics));
    }

    private static RootCommand Root(CliContext context, DiagnosticOptions diagnostics, GroupedHelp help)
    {
        var root = new RootCommand("gets, keeps, renews, tests and revokes access tokens.")
        {
            new GetCommand(context, diagnostics),
            new UpdateCommand(context, diagnostics),
            new RevokeCommand(context, diagnostics),
            new TestCommand(context, diagnostics),
            new DoctorCommand(context, diagnostics),
            new ProviderCommand(context, diagnostics),
            new DscCommand(context, diagnostics),
            new ServeCommand(context, diagnostics),
            new DemoCommand(context, diagnostics),
            new StatusCommand(context, diagnostics),
            new ListCommand(context, diagnostics),
            new SwitchCommand(context, diagnostics),
            new LogoutCommand(context, diagnostics),
            new CallCommand(context, diagnostics),
            new DecodeCommand(context, diagnostics),
            new ProfilesCommand(context, diagnostics),
            new ProvidersCommand(context, diagnostics),
            new CompletionCommand(context, diagnostics),
            new ManCommand(context, diagnostics),
        };
        foreach (Option option in diagnostics.Options)
        {
            root.Add(option);
        }

        root.Options.OfType<HelpOption>().Single().Action = help;
        return root;
    }
}
