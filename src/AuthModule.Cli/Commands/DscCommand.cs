using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Dsc;
using AuthModule.Cli.Terminal;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>The DSC v3 resource AuthModule/AuthToken: its manifest, authtoken.dsc.resource.json, calls these.</summary>
internal sealed class DscCommand : Command
{
    public DscCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("dsc", "Is the DSC resource AuthModule/AuthToken: an instance as JSON on stdin, its state on stdout.")
    {
        Add(new Operation("get", "Says whether the store has a good token; sends nothing.", context, diagnostics, (run, token) => run.GetAsync(token)));
        Add(new Operation("test", "Says whether that is what the instance asks for; sends nothing.", context, diagnostics, (run, token) => run.TestAsync(token)));
        Add(new Operation("set", "Gets a token, or revokes it where _exist is false.", context, diagnostics, (run, token) => run.SetAsync(token)));
        Add(new Operation("export", "Gives the state of the instance on stdin, of that which AUTHMODULE_... names, or of all.", context, diagnostics, (run, token) => run.ExportAsync(token)));
        Add(new SchemaOperation(context, diagnostics));
    }

    private sealed class Operation : CliCommand
    {
        private readonly Func<DscRun, CancellationToken, Task> operation;

        public Operation(string name, string description, CliContext context, DiagnosticOptions diagnostics, Func<DscRun, CancellationToken, Task> operation)
            : base(name, description, context, diagnostics)
        {
            this.operation = operation;
            Examples = [$"authmodule dsc {name} < instance.json"];
            Notes = "'authmodule dsc schema' tells what an instance may say. The state never holds a token or a secret.";
        }

        protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
        {
            await operation(new DscRun(call, new SessionTable()), cancellationToken);
            return ExitCode.Done;
        }
    }

    private sealed class SchemaOperation(CliContext context, DiagnosticOptions diagnostics)
        : CliCommand("schema", "Prints the JSON schema of an instance.", context, diagnostics)
    {
        protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
        {
            await call.Context.Output.WriteAsync(DscSchema.Text);
            return ExitCode.Done;
        }
    }
}
