using System;
using System.IO;

namespace AuthModule.Platform;

/// <summary>Where a user's files go when nothing else is said.</summary>
internal static class UserFolders
{
    private const string Own = "authmodule";

    /// <summary>Tokens: <c>XDG_DATA_HOME</c> or <c>~/.local/share</c>; the local application data on Windows.</summary>
    public static string Data(IEnvironment environment) =>
        Path.Combine(Base(environment, "XDG_DATA_HOME", [".local", "share"]), Own, "store");

    /// <summary>The key: <c>XDG_CONFIG_HOME</c> or <c>~/.config</c>, apart from what it opens.</summary>
    public static string KeyFile(IEnvironment environment) =>
        Path.Combine(Base(environment, "XDG_CONFIG_HOME", [".config"]), Own, "store.key");

    private static string Base(IEnvironment environment, string variable, string[] below)
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        return Unix(environment, variable, below) ?? throw AuthModule.Errors.AuthError.Create(
            AuthErrorId.StoreUnavailable,
            "There is no home folder for the store and its key.",
            $"Set HOME or {variable}, or name a folder (-Store file:PATH) and set AUTHMODULE_STORE_KEY.");
    }

    /// <summary>What a variable of the XDG Base Directory Specification names, else a folder below the user's own; null where nothing says where that is.</summary>
    public static string? Unix(IEnvironment environment, string variable, params string[] below)
    {
        if (environment.Get(variable) is { } named && Path.IsPathRooted(named))
        {
            return named;
        }

        string home = environment.Get("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null : Path.Combine([home, .. below]);
    }
}
