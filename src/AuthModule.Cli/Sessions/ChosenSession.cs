using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using AuthModule.Cli.Terminal;
using AuthModule.Platform;
using AuthModule.Text;

namespace AuthModule.Cli.Sessions;

/// <summary>The session that 'authmodule switch' chose: its store and its id, in a file of this user's. Neither is secret.</summary>
/// <param name="Store">As <c>--store</c> takes it, without a password.</param>
/// <param name="Id">As a store lists it.</param>
internal sealed record ChosenSession(string Store, string Id)
{
    private const string FileName = "session.json";

    private const int LongestFile = 64 * 1024;

    /// <summary>Null where none was chosen; a file that cannot be read chooses none.</summary>
    public static ChosenSession? Read(IEnvironment environment)
    {
        try
        {
            if (PathOf(environment) is not { } path || PrivateFiles.Read(path) is not { Length: <= LongestFile } content)
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.TryGetProperty("store", out JsonElement store) && document.RootElement.TryGetProperty("id", out JsonElement id)
                && store.GetString() is { } named && id.GetString() is { } chosen
                ? new ChosenSession(named, chosen)
                : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <exception cref="UsageException">There is no place for the file.</exception>
    public void Write(IEnvironment environment)
    {
        string path = PathOf(environment) ?? throw new UsageException("There is no home folder to keep the choice in: set HOME or XDG_STATE_HOME, or name the session with --session.");
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            PrivateFiles.Replace(path, JsonText.WriteBytes(new Dictionary<string, object?> { ["store"] = Store, ["id"] = Id }));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The choice cannot be kept in {path}: {cause.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>No session is chosen any more.</summary>
    public static void Forget(IEnvironment environment)
    {
        try
        {
            if (PathOf(environment) is { } path)
            {
                File.Delete(path);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It names a session that there is no more, which is told whenever it is used.
        }
    }

    private static string? PathOf(IEnvironment environment)
    {
        string? folder = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : UserFolders.Unix(environment, "XDG_STATE_HOME", ".local", "state");
        return folder is { Length: > 0 } ? Path.Combine(folder, "authmodule", FileName) : null;
    }
}
