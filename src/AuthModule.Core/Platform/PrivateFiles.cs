using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using AuthModule.Stores.Files;
using AuthModule.Text;

namespace AuthModule.Platform;

/// <summary>Files that only their owner can read, written so that nobody ever sees half of one.</summary>
internal static class PrivateFiles
{
    public const string TemporarySuffix = ".tmp";

    private const string GateSuffix = ".gate" + TemporarySuffix;

    private static readonly TimeSpan GatePause = TimeSpan.FromMilliseconds(2);

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS.
    private static readonly int[] HeldByAnother = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    /// <summary>Makes a folder and those above it where they are missing; those that it makes are the owner's only.</summary>
    public static void CreateFolder(string path)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows())
        {
            // Asked for all at once, only the last one gets the mode.
            var missing = new Stack<string>();
            for (string? level = Path.GetFullPath(path); level is not null && !Directory.Exists(level); level = Path.GetDirectoryName(level))
            {
                missing.Push(level);
            }

            foreach (string level in missing)
            {
                Directory.CreateDirectory(level, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Replaces a file in one step: readers get the old content or the new one, also after a crash.</summary>
    public static void Replace(string path, byte[] content)
    {
        string temporary = WriteTemporary(path, content);
        try
        {
#if NETSTANDARD2_0
            if (File.Exists(path))
            {
                File.Replace(temporary, path, null);
            }
            else
            {
                File.Move(temporary, path);
            }
#else
            File.Move(temporary, path, overwrite: true);
#endif
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Makes a file with its whole content, or leaves the one that is there: false. Of many at once exactly one makes it.</summary>
    public static bool TryCreate(string path, byte[] content)
    {
        // Moving "without replacing" looks first and renames then, on Unix: two who look at once both rename.
        string gate = path + GateSuffix;
        OwnFiles.RequireFile(gate);
        while (!File.Exists(path))
        {
            using FileStream? held = TryOpenLock(gate);
            if (held is null)
            {
                Thread.Sleep(GatePause);
                continue;
            }

            bool isFirst = !File.Exists(path);
            if (isFirst)
            {
                Replace(path, content);
            }

            // From here on the file is there, so nobody needs the gate any more, whoever holds it.
            held.Dispose();
            TryDelete(gate);
            return isFirst;
        }

        return false;
    }

    /// <summary>Null where there is none.</summary>
    /// <exception cref="UnsafeFileException">It is not this user's own.</exception>
    public static byte[]? ReadOwn(string path)
    {
        OwnFiles.RequireFile(path);
        return Read(path);
    }

    /// <summary>As much of the beginning as there is; null where there is no file.</summary>
    public static byte[]? ReadStart(string path, int length)
    {
        try
        {
            using FileStream file = OpenToRead(path);
            byte[] start = new byte[length];
            int read = 0;
            for (int more = 1; more > 0 && read < length; read += more)
            {
                more = file.Read(start, read, length - read);
            }

            return start.AsSpan(0, read).ToArray();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Null where there is none.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            using FileStream file = OpenToRead(path);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens a file that nobody else can open before it is closed; null while somebody has it. The end of a process closes it.</summary>
    public static FileStream? TryOpenLock(string path)
    {
        try
        {
            return Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException held) when (Array.IndexOf(HeldByAnother, held.HResult) >= 0)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && File.Exists(path))
        {
            return null; // Just being closed.
        }
    }

    /// <summary>Opens a file for writing, made where it is missing, that others may read and write meanwhile.</summary>
    public static FileStream OpenShared(string path) => Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Somebody has it open on Windows: they delete it, or a sweep does.
        }
    }

    private static string WriteTemporary(string path, byte[] content)
    {
        string temporary = path + "." + RandomText.Base64Url(6) + TemporarySuffix;
        try
        {
            // Made new it follows no link.
            using FileStream file = Open(temporary, FileMode.CreateNew, FileShare.None);
            file.Write(content, 0, content.Length);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        return temporary;
    }

    // Others may replace or remove it meanwhile.
    private static FileStream OpenToRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
#if NETSTANDARD2_0
        return new FileStream(path, mode, FileAccess.ReadWrite, share);
#else
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#endif
    }
}
