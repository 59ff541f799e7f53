using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Http;
using AuthModule.Platform;
using Xunit;

namespace AuthModule.Cli.Tests.Support;

/// <summary>Runs the command line inside this process, with an environment and an engine of its own.</summary>
internal static class CliRun
{
    public static Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    public static async Task<CliResult> RunAsync(
        string[] arguments,
        Dictionary<string, string> environment,
        string input = "",
        CancellationToken? cancellationToken = null)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var variables = new FixedEnvironment(environment);
        var context = new CliContext
        {
            Engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), variables),
            Environment = variables,
            Input = new StringReader(input),
            Output = output,
            Error = TextWriter.Synchronized(error),
        };
        int exitCode = await CommandLine.RunAsync(arguments, context, cancellationToken ?? TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    private sealed class FixedEnvironment(Dictionary<string, string> variables) : IEnvironment
    {
        public string? Get(string name) => variables.GetValueOrDefault(name);
    }
}
