using System;
using System.IO;

namespace AuthModule.Stores.Files;

/// <summary>
/// Whether what is at a path is this user's own. What another user owns or can write may be exchanged between two looks at it,
/// and a link or a FIFO in the place of a file leads elsewhere or never ends. In a folder that passes nobody else can put one,
/// so that a look before the opening is enough.
/// </summary>
/// <remarks>On Windows access lists decide, inherited from the user's profile; only links are refused here.</remarks>
internal static class OwnFiles
{
    /// <summary>Nothing there is fine.</summary>
    /// <exception cref="UnsafeFileException">It must not be used; the message says why.</exception>
    public static void RequireFile(string path)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows())
        {
            if (UnixEntry.Look(path) is { } entry)
            {
                if (entry.Type != UnixEntryType.File)
                {
                    throw new UnsafeFileException($"{path} is {Named(entry.Type)}, not a file of its own.", $"Look who put it there, and remove it: rm '{path}'");
                }

                RequireMine(entry, path, "chmod 600");
            }

            return;
        }
#endif
        if (IsLink(path))
        {
            throw new UnsafeFileException($"{path} is a link, not a file of its own.", "Look who put it there, and remove it.");
        }
    }

    /// <summary>Nothing there is fine. A link to a folder is, where it is the user's own too.</summary>
    /// <exception cref="UnsafeFileException">As <see cref="RequireFile"/>.</exception>
    public static void RequireFolder(string path)
    {
#if !NETSTANDARD2_0
        if (OperatingSystem.IsWindows() || UnixEntry.Look(path) is not { } entry)
        {
            return;
        }

        string folder = path;
        if (entry.Type == UnixEntryType.Link)
        {
            RequireOwner(entry, path);
            folder = Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            if (UnixEntry.Look(folder) is not { } target)
            {
                return;
            }

            entry = target;
        }

        if (entry.Type == UnixEntryType.Folder)
        {
            RequireMine(entry, folder, "chmod 700");
        }
#endif
    }

    /// <summary>True for a file, false for nothing and everything else: opening something else may never return.</summary>
    public static bool IsPlainFile(string path)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows())
        {
            return UnixEntry.Look(path) is { Type: UnixEntryType.File };
        }
#endif
        return File.Exists(path) && !IsLink(path);
    }

    private static bool IsLink(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && (file.Attributes & FileAttributes.ReparsePoint) != 0;
    }

#if !NETSTANDARD2_0
    private static void RequireMine(UnixEntry entry, string path, string command)
    {
        RequireOwner(entry, path);
        if ((entry.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw new UnsafeFileException(
                $"{path} can be written by others than its owner (mode {Convert.ToString((int)entry.Mode, 8)}).",
                $"If nobody else can have changed it: {command} '{path}'. Else remove it and sign in again.");
        }
    }

    private static void RequireOwner(UnixEntry entry, string path)
    {
        if (entry.Owner is { } owner && UnixEntry.Me() is { } me && owner != me)
        {
            throw new UnsafeFileException(
                $"{path} belongs to another user (uid {owner}; this process is uid {me}).",
                "Name a folder of your own (-Store file:PATH), or make this one yours with chown if nobody else has used it.");
        }
    }

    private static string Named(UnixEntryType type) => type switch
    {
        UnixEntryType.Link => "a symbolic link",
        UnixEntryType.Fifo => "a FIFO",
        UnixEntryType.Folder => "a folder",
        UnixEntryType.Socket => "a socket",
        _ => "a device",
    };
#endif
}

/// <summary>Something in the place of a file or folder that is not this user's alone.</summary>
internal sealed class UnsafeFileException(string message, string action) : IOException(message)
{
    /// <summary>What to do about it.</summary>
    public string Action { get; } = action;
}
