using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Http;
using AuthModule.Interaction;
using AuthModule.Platform;
using Xunit;

namespace AuthModule.Cli.Tests.Support;

/// <summary>Runs the command line inside this process, with an environment and an engine of its own.</summary>
internal static class CliRun
{
    public static Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    public static Task<CliResult> RunAsync(
        string[] arguments,
        Dictionary<string, string> environment,
        string input = "",
        CancellationToken? cancellationToken = null) => RunAsync(arguments, environment, new StringReader(input), onError: null, cancellationToken);

    /// <param name="arguments">As a shell would pass them.</param>
    /// <param name="environment">All of it.</param>
    /// <param name="input">May wait for what a person does.</param>
    /// <param name="onError">Called with each line on stderr as it is written.</param>
    /// <param name="cancellationToken">Null for the test's own.</param>
    /// <param name="terminalColumns">A person's terminal of this width; null for a pipe.</param>
    public static async Task<CliResult> RunAsync(
        string[] arguments, Dictionary<string, string> environment, TextReader input, Action<string>? onError, CancellationToken? cancellationToken = null, int? terminalColumns = null)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new LineWriter(onError) { NewLine = "\n" };
        var variables = new FixedEnvironment(environment);
        TextWriter synchronized = TextWriter.Synchronized(error);
        var context = new CliContext
        {
            Engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), variables, new HelpfulBrowser(new SystemBrowser(variables), synchronized)),
            Environment = variables,
            Input = input,
            Output = output,
            Error = synchronized,
            IsOutputTerminal = terminalColumns is not null,
            Width = terminalColumns ?? 80,
        };
        int exitCode = await CommandLine.RunAsync(arguments, context, cancellationToken ?? TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    private sealed class LineWriter(Action<string>? written) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            written?.Invoke(value ?? string.Empty);
        }
    }

    // Nothing of whoever runs the tests: a session that they switched to is not one of these runs.
    private sealed class FixedEnvironment(Dictionary<string, string> variables) : IEnvironment
    {
        public string? Get(string name) => variables.GetValueOrDefault(name) ?? (name == "XDG_STATE_HOME" ? Path.Combine(AppContext.BaseDirectory, "no-state") : null);
    }
}
