using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using AuthModule.Platform;

namespace AuthModule.Telemetry;

/// <summary>
/// Appends a line to the file that <c>AUTHMODULE_AUDIT</c> names for each token that is got, renewed or revoked. Many processes may
/// write to one file. A log that cannot be written is a warning: it must not take a job's token away.
/// </summary>
internal sealed class AuditLog(IEnvironment environment, TimeProvider clock)
{
    public const string Variable = "AUTHMODULE_AUDIT";

    private const int LongestWaitMilliseconds = 2000;
    private const int PauseMilliseconds = 2;

    public static int ProcessId { get; } = CurrentProcessId();

    /// <summary>False where an entry would be put together for nobody.</summary>
    public bool IsOn => environment.Get(Variable) is not null;

    public void Write(AuditEntry entry, ICallLog log)
    {
        if (environment.Get(Variable) is not { } path)
        {
            return;
        }

        if (!Path.IsPathRooted(path))
        {
            // The folder that a process was started in is nobody's choice, and differs from call to call.
            log.Warning($"The audit log {path} ({Variable}) was not written: it is not a whole path.");
            return;
        }

        try
        {
            Append(path, entry.ToLine(clock.GetUtcNow()));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            log.Warning($"The audit log {path} ({Variable}) was not written: {cause.Message}");
        }
    }

    // The lock is a file of its own: the log itself stays open to whoever reads along, and may be renamed at any time.
    private static void Append(string path, byte[] line)
    {
        using FileStream held = Lock(path + ".lock");
        using FileStream file = PrivateFiles.OpenShared(path);
        file.Seek(0, SeekOrigin.End);
        file.Write(line, 0, line.Length);
    }

    private static FileStream Lock(string path)
    {
        for (int waited = 0; ; waited += PauseMilliseconds)
        {
            if (PrivateFiles.TryOpenLock(path) is { } held)
            {
                return held;
            }

            if (waited >= LongestWaitMilliseconds)
            {
                throw new IOException("Other processes hold it all the time.");
            }

            Thread.Sleep(PauseMilliseconds);
        }
    }

    private static int CurrentProcessId()
    {
        using var process = Process.GetCurrentProcess();
        return process.Id;
    }
}
