#if !NETSTANDARD2_0
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace AuthModule.Stores.Files;

/// <summary>
/// What is at a path, without following a link: its type, its mode and its owner. The framework does not tell the owner, and
/// not whether something is a FIFO.
/// </summary>
internal readonly record struct UnixEntry(UnixEntryType Type, UnixFileMode Mode, uint? Owner)
{
    // statx(2) has one layout on every architecture of Linux; stat(2) of macOS has one since inodes have 64 bits.
    private const int Here = -100;
    private const int NoFollow = 0x100;
    private const uint TypeModeOwner = 0x1 | 0x2 | 0x8;
    private const int LongestStructure = 256;
    private const int TypeMask = 0xF000;
    private const int ModeMask = 0xFFF;

    /// <summary>Null where there is nothing. The owner is null on systems where it cannot be asked for.</summary>
    public static UnixEntry? Look(string path)
    {
        byte[] found = new byte[LongestStructure];
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return Statx(Here, name, NoFollow, TypeModeOwner, found) == 0
                    ? Of(BitConverter.ToUInt16(found, 28), BitConverter.ToUInt32(found, 20))
                    : LookByFramework(path);
            }

            if (OperatingSystem.IsMacOS())
            {
                int failed = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? LStat(name, found) : LStat64(name, found);
                return failed == 0
                    ? Of(BitConverter.ToUInt16(found, 4), BitConverter.ToUInt32(found, 16))
                    : LookByFramework(path);
            }
        }
        catch (Exception lacking) when (lacking is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library from before 2018.
        }

        return LookByFramework(path);
    }

    /// <summary>The user that this process acts as; null where it cannot be asked for.</summary>
    public static uint? Me()
    {
        try
        {
            return GetEffectiveUser();
        }
        catch (Exception lacking) when (lacking is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static UnixEntry Of(int mode, uint owner) => new((UnixEntryType)(mode & TypeMask), (UnixFileMode)(mode & ModeMask), owner);

    private static UnixEntry? LookByFramework(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            return new UnixEntry(UnixEntryType.Link, UnixFileMode.None, null);
        }

        return Directory.Exists(path) ? new UnixEntry(UnixEntryType.Folder, new DirectoryInfo(path).UnixFileMode, null)
            : file.Exists ? new UnixEntry(UnixEntryType.File, file.UnixFileMode, null)
            : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] found);

    [DllImport("libc", EntryPoint = "lstat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat(byte[] path, byte[] found);

    [DllImport("libc", EntryPoint = "lstat$INODE64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat64(byte[] path, byte[] found);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();
}

/// <summary>As <c>st_mode</c> has it.</summary>
internal enum UnixEntryType
{
    Fifo = 0x1000,
    CharacterDevice = 0x2000,
    Folder = 0x4000,
    BlockDevice = 0x6000,
    File = 0x8000,
    Link = 0xA000,
    Socket = 0xC000,
}
#endif
