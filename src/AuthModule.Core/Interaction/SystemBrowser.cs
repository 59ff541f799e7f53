using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;

namespace AuthModule.Interaction;

/// <summary>Starts the browser that the system has, or the one that the caller names.</summary>
internal sealed class SystemBrowser(IEnvironment environment) : IBrowser, IPlacedBrowser
{
    private static readonly string[] LinuxOpeners = ["xdg-open", "wslview", "sensible-browser", "x-www-browser"];

    public Task<int> Open(Uri address, string? path)
    {
        if (path is not null)
        {
            return Start(new ProcessStartInfo(path, Quote(address)) { UseShellExecute = false }, watch: true);
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true }, watch: false);
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            return Start(new ProcessStartInfo("open", Quote(address)) { UseShellExecute = false }, watch: false);
        }

        return Start(new ProcessStartInfo(FindOpener(), Quote(address)) { UseShellExecute = false }, watch: false);
    }

    public string? Absence
    {
        get
        {
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && !RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
            {
                return LookForOpener() is (null, { } fault) ? fault : null;
            }

            // It would open where nobody sits.
            return environment.Get("SSH_CONNECTION") is null ? null : "this is a session over SSH, and a browser would open on the other machine";
        }
    }

    private string FindOpener()
    {
        (string? opener, string? fault) = LookForOpener();
        return opener ?? throw NoBrowser(fault!, null);
    }

    private (string? Opener, string? Fault) LookForOpener()
    {
        bool hasScreen = environment.Get("DISPLAY") is not null || environment.Get("WAYLAND_DISPLAY") is not null || environment.Get("WSL_DISTRO_NAME") is not null;
        string[] folders = (environment.Get("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string? opener = hasScreen
            ? LinuxOpeners.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            : null;
        return opener is not null ? (opener, null)
            : (null, hasScreen ? "no program to open a browser with was found" : "this machine has no screen (DISPLAY and WAYLAND_DISPLAY are not set)");
    }

    // The address is percent-encoded: it has no quote and no space in it.
    private static string Quote(Uri address) => $"\"{address.AbsoluteUri}\"";

    private static Task<int> Start(ProcessStartInfo start, bool watch)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        HideSecrets(start);
        try
        {
            Process? process = Process.Start(start);
            if (process is not null && watch)
            {
                process.EnableRaisingEvents = true;
                process.Exited += (_, _) => ended.TrySetResult(process.ExitCode);
                if (process.HasExited)
                {
                    ended.TrySetResult(process.ExitCode);
                }
            }
        }
        catch (Exception cause) when (cause is Win32Exception or InvalidOperationException or IOException)
        {
            throw NoBrowser($"'{start.FileName}' cannot be started: {cause.Message.TrimEnd('.')}", cause);
        }

        return ended.Task;
    }

    // Jobs often hold their secrets in the environment, and a browser has no use for them. A program that the Windows shell starts
    // gets the shell's choice, which cannot be changed.
    private static void HideSecrets(ProcessStartInfo start)
    {
        if (!start.UseShellExecute)
        {
            foreach (string name in start.Environment.Where(static variable => SecretVariables.LooksSecret(variable.Key, variable.Value)).Select(static variable => variable.Key).ToList())
            {
                start.Environment.Remove(name);
            }
        }
    }

    private static AuthException NoBrowser(string fault, Exception? cause) => AuthError.Create(
        AuthErrorId.InteractionRequired,
        $"There is no browser to sign in with: {fault}.",
        new ErrorDetails { Action = "Use -DeviceCode and sign in with the browser of another device, or name one with -BrowserPath.", Cause = cause });
}
