using System;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Cli.Output;
using AuthModule.Interaction;

namespace AuthModule.Cli.Terminal;

/// <summary>Where no browser can be started, a person can open the address that was told: the sign-in waits for that.</summary>
internal sealed class HelpfulBrowser(IBrowser inner, TextWriter error) : IBrowser, IPlacedBrowser
{
    public string? Absence => (inner as IPlacedBrowser)?.Absence;

    public Task<int> Open(Uri address, string? path)
    {
        try
        {
            return inner.Open(address, path);
        }
        catch (AuthException failure) when (failure.Code == AuthErrorId.InteractionRequired)
        {
            error.WriteLine($"{CommandLineWording.Of(failure.Message)} Open the address above yourself: it comes back to this machine. Ctrl+C ends the wait; --device-code needs no browser here.");
            return new TaskCompletionSource<int>().Task;
        }
    }
}
