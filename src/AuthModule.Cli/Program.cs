using System.Runtime.InteropServices;
using System.Threading;
using AuthModule.Cli;
using AuthModule.Cli.Terminal;

using var interrupted = new CancellationTokenSource();

// The first signal ends what is under way; a second one ends the process as usual.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using PosixSignalRegistration ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, CliContext.OfProcess(), interrupted.Token);
