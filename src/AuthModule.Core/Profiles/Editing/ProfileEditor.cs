using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Platform;
using AuthModule.Text;

namespace AuthModule.Profiles.Editing;

/// <summary>
/// Writes the user's profile file: in one step, and with everything that was there kept, also comments and fields of newer versions.
/// What the reader would refuse is not written.
/// </summary>
internal sealed class ProfileEditor(IEnvironment environment)
{
    private const string Profiles = "profiles";

    // Held while the file is changed, and kept: deleting it would let two hold it.
    private const string LockSuffix = ".lock";
    private const int LockTries = 1500;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    /// <summary>For editors, written into a new file; null writes none.</summary>
    public string? SchemaPath { get; set; }

    /// <summary>The file that is written.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile: nothing says where it would be.</exception>
    public string File => ProfilePlace.Of(environment)
        ?? throw AuthError.Create(AuthErrorId.InvalidProfile, "There is no home folder to keep a profile file in.", $"Name a file in {ProfilePlace.Variable}.");

    /// <summary>A profile that is not written: what <see cref="Add"/> would make.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile: everything that is wrong with it.</exception>
    public ProfileDescription Preview(string name, IReadOnlyDictionary<string, object?> fields)
    {
        byte[] alone = JsonText.WriteBytes([new(Profiles, new Dictionary<string, object?> { [name] = Present(fields) })]);
        return Read(alone, File, name);
    }

    /// <param name="name">Of the new profile.</param>
    /// <param name="fields">As the file has them; null and empty ones are left out.</param>
    /// <param name="replaces">Whether one of that name may be there already.</param>
    /// <exception cref="ConfigurationException">InvalidProfile: there is one of that name; what is wrong with this one, or with the file.</exception>
    public ProfileDescription Add(string name, IReadOnlyDictionary<string, object?> fields, bool replaces) => Edit(name, (content, known) =>
    {
        if (known is not null && !replaces)
        {
            throw AuthError.Create(AuthErrorId.InvalidProfile, $"There is a profile '{known}' in {File} already.", "Change it with Set-AuthProfile, or replace it with -Force.");
        }

        return JsonTextEdit.Set(content, [Profiles, known ?? name], JsonText.IndentedText(Present(fields)));
    })!;

    /// <param name="name">Of a profile that is there.</param>
    /// <param name="fields">What is set; a field whose value is null is taken away. The others stay as they are.</param>
    /// <exception cref="ConfigurationException">InvalidProfile: there is none of that name; what would be wrong with it.</exception>
    public ProfileDescription Change(string name, IReadOnlyDictionary<string, object?> fields) => Edit(name, (content, known) =>
    {
        foreach (KeyValuePair<string, object?> field in fields)
        {
            string[] path = [Profiles, known ?? throw Missing(name), field.Key];
            content = field.Value is null ? JsonTextEdit.Remove(content, path) : JsonTextEdit.Set(content, path, JsonText.IndentedText(field.Value));
        }

        return content;
    })!;

    /// <exception cref="ConfigurationException">InvalidProfile: there is none of that name.</exception>
    public void Remove(string name) => Edit(name, (content, known) => JsonTextEdit.Remove(content, [Profiles, known ?? throw Missing(name)]), isGone: true);

    /// <summary>Whether the file has one of that name, with or without a fault.</summary>
    public bool Has(string name) => System.IO.File.Exists(File) && new ProfileCatalog(environment).Read().Find(name) is not null;

    private AuthException Missing(string name)
    {
        string[] names = System.IO.File.Exists(File) ? [.. new ProfileCatalog(environment).Read().Entries.Select(entry => entry.Profile.Name)] : [];
        return AuthError.Create(AuthErrorId.InvalidProfile, $"There is no profile '{name}' in {File}{NearName.Hint(name, names)}.", "Get-AuthProfile lists what is there.");
    }

    private ProfileDescription? Edit(string name, Func<byte[], string?, byte[]> change, bool isGone = false)
    {
        string file = Target(File);
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(file)!);
            using FileStream held = Lock(file + LockSuffix);
            byte[] content = PrivateFiles.Read(file) is { Length: > 0 } there ? TextFile.ToUtf8(there) : Empty();

            // Also refuses a file that is none, before a byte of it is changed.
            string? known = ProfileReader.Read(content, file, environment).Find(name)?.Profile.Name;
            byte[] changed = change(content, known);
            ProfileDescription? written = isGone ? null : Read(changed, file, known ?? name);
            if (changed.Length > ProfileCatalog.LongestFile)
            {
                throw AuthError.Create(AuthErrorId.InvalidProfile, $"{file} would be longer than {ProfileCatalog.LongestFile / 1024} KiB, and profiles in it could not be read.");
            }

            Replace(file, changed);
            return written;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidProfile,
                $"The profile file {file} cannot be written: {cause.Message}",
                new ErrorDetails { Action = $"Make the file and its folder writable for this account, or name another one in {ProfilePlace.Variable}.", Cause = cause });
        }
    }

    private ProfileDescription Read(byte[] content, string file, string name)
    {
        ProfileEntry entry = ProfileReader.Read(content, file, environment).Find(name)!;
        return entry.Fault is null ? entry.Profile : throw entry.Fault;
    }

    private byte[] Empty() => Encoding.UTF8.GetBytes(JsonText.IndentedText(new Dictionary<string, object?>
    {
        ["$schema"] = SchemaPath,
        [Profiles] = new Dictionary<string, object?>(),
    }) + "\n");

    private static FileStream Lock(string path)
    {
        for (int tries = 0; tries < LockTries; tries++)
        {
            if (PrivateFiles.TryOpenLock(path) is { } held)
            {
                return held;
            }

            Thread.Sleep(LockPause);
        }

        throw new IOException($"another program has held {path} for too long.");
    }

    // Whoever keeps the file elsewhere and links to it keeps it there.
    private static string Target(string file)
    {
#if NETSTANDARD2_0
        return file;
#else
        return System.IO.File.Exists(file) ? System.IO.File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
#endif
    }

    private static void Replace(string file, byte[] content)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows() && System.IO.File.Exists(file))
        {
            // Who could read it before can read it after.
            UnixFileMode mode = System.IO.File.GetUnixFileMode(file);
            PrivateFiles.Replace(file, content);
            System.IO.File.SetUnixFileMode(file, mode);
            return;
        }
#endif
        PrivateFiles.Replace(file, content);
    }

    private static Dictionary<string, object?> Present(IReadOnlyDictionary<string, object?> fields) =>
        fields.Where(static field => field.Value is not null).ToDictionary(static field => field.Key, static field => field.Value);
}
