using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Profiles.Secrets;

/// <summary>One run of a program: nothing to read for it, its output kept in memory, its errors read and dropped. Disposing ends it.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isStarted;

    public CommandRun(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
#if NETSTANDARD2_0
        start.Arguments = WindowsArguments.Join(arguments);
#else
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
#endif
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => ended.TrySetResult(true);
    }

    /// <exception cref="SecretReferenceException">There is no such program.</exception>
    public void Start()
    {
        try
        {
            process.Start();
            isStarted = true;
            process.StandardInput.Close();
        }
        catch (Exception cause) when (cause is Win32Exception or InvalidOperationException or IOException)
        {
            if (!isStarted)
            {
                throw new SecretReferenceException("that program cannot be started", "Check the program's name, and that this account may run it; give its whole path.", cause);
            }
        }
    }

    /// <summary>The output, null where it is longer than <paramref name="limit"/>, and the exit code.</summary>
    public async Task<(byte[]? Output, int ExitCode)> WaitAsync(int limit, CancellationToken cancellationToken)
    {
        Task<byte[]?> output = ReadAsync(process.StandardOutput.BaseStream, limit, cancellationToken);
        Task<byte[]?> errors = ReadAsync(process.StandardError.BaseStream, 0, cancellationToken);
        await Task.WhenAll(output, errors).WaitAsync(cancellationToken).ConfigureAwait(false);
        await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return (await output.ConfigureAwait(false), process.ExitCode);
    }

    public void Dispose()
    {
        try
        {
            if (isStarted && !process.HasExited)
            {
#if NETSTANDARD2_0
                process.Kill();
#else
                process.Kill(entireProcessTree: true);
#endif
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It ended by itself meanwhile.
        }

        process.Dispose();
    }

    // Read to the end whatever its length, so that the program is not held up.
    private static async Task<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        byte[] buffer = new byte[4096];
        bool fits = true;
        int count;
        while ((count = await stream.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0)
        {
            fits = fits && kept.Length + count <= limit;
            if (fits)
            {
                kept.Write(buffer, 0, count);
            }
        }

        Array.Clear(buffer, 0, buffer.Length);
        return fits ? kept.ToArray() : null;
    }
}
