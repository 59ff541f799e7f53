using System;
using System.IO;
using AuthModule.Json;
using AuthModule.Platform;

namespace AuthModule.Profiles;

/// <summary>Where a profile file is: what its relative paths are relative to.</summary>
internal sealed class ProfileFolder(string file, IEnvironment environment)
{
    /// <summary>A path as the file writes it: from the file's own folder, or from the user's with <c>~/</c>.</summary>
    /// <exception cref="LocatedJsonException">No path at all.</exception>
    public string PathOf(LocatedObject source, string field, string written)
    {
        if (written == "~" || written.StartsWith("~/", StringComparison.Ordinal) || written.StartsWith("~\\", StringComparison.Ordinal))
        {
            string home = environment.Get("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            written = home + written.Substring(1);
        }

        try
        {
            return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, written));
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw source.Fault(field, "has to be the path of a file");
        }
    }

    /// <summary>Programs are run as the user whose profile it is: who else could write them in would run programs as that user.</summary>
    /// <exception cref="LocatedJsonException">Others can change the file.</exception>
    public void RequireOnlyOwnerWrites(LocatedObject source, string field)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows() && File.Exists(file)
            && (File.GetUnixFileMode(file) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw source.Fault(field, "names a program, and others than its owner can change this file (chmod go-w)");
        }
#endif
    }
}
