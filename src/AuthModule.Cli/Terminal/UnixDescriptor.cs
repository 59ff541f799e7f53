using System;
using System.Runtime.InteropServices;

namespace AuthModule.Cli.Terminal;

/// <summary>What the framework does not tell of an open file of this process: whether it can be written to.</summary>
internal static class UnixDescriptor
{
    private const short WantsWrite = 4;
    private const short HasError = 8;
    private const short IsInvalid = 32;

    private const int Interrupted = 4;
    private const int NotOpen = 9;
    private const int TryAgain = 11;
    private const int TryAgainOfMac = 35;

    /// <summary>Null where it takes something; else the rest of a sentence. Writes nothing.</summary>
    public static string? Fault(int descriptor)
    {
        var poll = new PollRequest { Descriptor = descriptor, Events = WantsWrite };
        if (Poll(ref poll, 1, 0) >= 0)
        {
            if ((poll.Answers & IsInvalid) != 0)
            {
                return "it is closed";
            }

            if ((poll.Answers & HasError) != 0)
            {
                return "nobody reads it: the other end of the pipe is closed";
            }
        }

        return Write(descriptor, ReadOnlySpan<byte>.Empty, out string? fault) < 0 ? fault : null;
    }

    /// <summary>How much was written; below zero where nothing can be, and why.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes, out string? fault)
    {
        while (true)
        {
            nint written = NativeWrite(descriptor, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
            fault = null;
            if (written >= 0)
            {
                return (int)written;
            }

            int error = Marshal.GetLastPInvokeError();
            string text = Marshal.GetPInvokeErrorMessage(error);
            switch (error)
            {
                case Interrupted:
                    continue;
                case TryAgain:
                case TryAgainOfMac:
                    // Somebody made the pipe one that does not wait.
                    var poll = new PollRequest { Descriptor = descriptor, Events = WantsWrite };
                    _ = Poll(ref poll, 1, 1000);
                    continue;
                case NotOpen:
                    fault = "it is closed";
                    return -1;
                default:
                    fault = text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.') : "the system refused it";
                    return -1;
            }
        }
    }

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollRequest request, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint NativeWrite(int descriptor, ref byte buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Answers;
    }
}
