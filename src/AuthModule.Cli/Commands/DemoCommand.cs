using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Demo;
using AuthModule.Cli.Terminal;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Cli.Commands;

/// <summary>The main job end to end, on an embedded server that lives as long as the demo.</summary>
internal sealed class DemoCommand : CliCommand
{
    public DemoCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("demo", "Shows the main job end to end on a server inside this process.", context, diagnostics) =>
        Notes = "Ends with 0 when every step did what it should, with 1 when one did not. Leaves nothing running.";

    protected override bool StreamsOutput => true;

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        EmbeddedServerOptions settings = EmbeddedServerOptions.Demo();
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(settings, cancellationToken);
        var printer = new DemoPrinter(call.Context);
        var run = new DemoRun(server, settings, printer, call.Log);
        printer.Title(
            "AuthModule demo: the main job, end to end",
            $"On an authorization server inside this process, $url = {server.Issuer}: its keys, clients",
            "and users were made a moment ago and end with it. Below each step is what went over the wire,",
            "as the server saw it; secrets are masked.");
        await DemoScript.RunAsync(run, cancellationToken);
        bool passed = run.Failed == 0;
        printer.Summary(passed, string.Create(
            CultureInfo.InvariantCulture,
            $"{(passed ? $"All {run.Passed} checks passed" : $"{run.Failed} of {run.Failed + run.Passed} checks FAILED")}: {server.Requests.Count} requests in {watch.Elapsed.TotalSeconds:0.0} s, nothing left running."));
        return passed ? ExitCode.Done : ExitCode.Fault;
    }
}
