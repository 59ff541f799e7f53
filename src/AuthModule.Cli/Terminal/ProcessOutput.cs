using System;
using System.IO;
using System.Text;

namespace AuthModule.Cli.Terminal;

/// <summary>The outside of this process: found wanting before anything is sent, not after a token that works once is spent.</summary>
internal static class ProcessOutput
{
    private const int StandardOutput = 1;

    // More than any reply that is printed.
    private const long LeastSpace = 256 * 1024;

    public static TextWriter OpenOutput() => Console.IsOutputRedirected
        ? Utf8(OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new UnixOutputStream(StandardOutput))
        : Console.Out;

    public static TextWriter OpenError() => Console.IsErrorRedirected ? Utf8(new DiagnosticStream(Console.OpenStandardError())) : Console.Error;

    /// <exception cref="OutputException">Standard output takes nothing, or the working folder is gone.</exception>
    public static void Require()
    {
        RequireFolder();
        if (!OperatingSystem.IsWindows() && (UnixDescriptor.Fault(StandardOutput) ?? FaultOfDisk()) is { } fault)
        {
            throw new OutputException($"Standard output cannot be written to: {fault}.", isBefore: true);
        }
    }

    private static void RequireFolder()
    {
        try
        {
            _ = Directory.GetCurrentDirectory();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OutputException("The working folder is gone: it was removed or renamed, or this account may not enter it.", isBefore: true, "Nothing was sent. Change into a folder that is there, and call again.");
        }
    }

    // A full disk takes an empty write; where the output is a file its disk is asked.
    private static string? FaultOfDisk()
    {
        if (!OperatingSystem.IsLinux() || !Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            return File.ResolveLinkTarget($"/proc/self/fd/{StandardOutput}", returnFinalTarget: false) is FileInfo { Exists: true } file
                && new DriveInfo(file.FullName) is { TotalSize: > 0, AvailableFreeSpace: < LeastSpace }
                ? "its disk is full"
                : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // Not known; a write that fails is reported all the same.
        }
    }

    // Whatever the console's code page: a file or a pipe gets UTF-8 without a mark, as JSON has to be (RFC 8259, section 8.1).
    private static TextWriter Utf8(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" });
}
