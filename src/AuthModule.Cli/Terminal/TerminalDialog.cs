using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Guide;

namespace AuthModule.Cli.Terminal;

/// <summary>Asks on standard error and reads from standard input, so that the output stays what a program reads.</summary>
internal sealed class TerminalDialog(CliContext context, CancellationToken cancellationToken) : TypedDialog
{
    public override void Tell(string line) => context.Error.WriteLine(line);

    public override T Wait<T>(Func<CancellationToken, Task<T>> work) => work(cancellationToken).GetAwaiter().GetResult();

    protected override string ReadLine(string prompt)
    {
        context.Error.Write(prompt);
        return context.Input.ReadLine() ?? throw new UsageException("The guide asks questions, and stdin has ended. Give the values as options instead of --guided.");
    }
}
