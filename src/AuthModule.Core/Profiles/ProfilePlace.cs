using System;
using System.IO;
using System.Runtime.InteropServices;
using AuthModule.Platform;

namespace AuthModule.Profiles;

/// <summary>Where the user's profile file is.</summary>
internal static class ProfilePlace
{
    /// <summary>Names another file, or the folder that it is in.</summary>
    public const string Variable = "AUTHMODULE_CONFIG";

    public const string FileName = "profiles.json";

    // On Linux beside the key of the store (UserFolders), elsewhere as programs are called there.
    private static readonly string Folder = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "authmodule" : "AuthModule";

    /// <summary>The file, which need not be there; null where nothing says where it would be.</summary>
    public static string? Of(IEnvironment environment)
    {
        if (environment.Get(Variable) is { } named)
        {
            bool isFolder = Directory.Exists(named) || named.EndsWith(Path.DirectorySeparatorChar) || named.EndsWith(Path.AltDirectorySeparatorChar);
            return Path.GetFullPath(isFolder ? Path.Combine(named, FileName) : named);
        }

        return Base(environment) is { Length: > 0 } folder ? Path.Combine(folder, Folder, FileName) : null;
    }

    // Windows: APPDATA; macOS: Library/Application Support.
    private static string? Base(IEnvironment environment) =>
        OperatingSystem.IsWindows() || RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
            ? environment.Get("APPDATA") ?? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : UserFolders.Unix(environment, "XDG_CONFIG_HOME", ".config");
}
