using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Profiles.Secrets;

/// <summary>A file that holds the secret and nothing else: <c>{"file":"PATH"}</c>. A line break at its end is not part of it.</summary>
internal sealed class FileReference(string path) : ISecretReference
{
    public const string Field = "file";

    public string Name => "file:" + path;

    public bool NeedsCaller => false;

    public static ISecretReference Read(LocatedObject source, ProfileFolder folder) => new FileReference(folder.PathOf(source, Field, source.RequiredText(Field)));

    public string? Absence(SecretQuery query) => File.Exists(path) ? null : $"there is no file {path}";

    public ValueTask<Secret> ReadAsync(SecretQuery query, CancellationToken cancellationToken)
    {
        try
        {
            RequirePrivate();
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > SecretText.LongestBytes)
            {
                throw new SecretReferenceException("it is too long to be a secret", "Name the file that holds the secret and nothing else.");
            }

            using var content = new MemoryStream();
            file.CopyTo(content);
            return new(SecretText.Read(content.ToArray()) ?? throw new SecretReferenceException("it is empty", "Write the secret into the file."));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SecretReferenceException(
                cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "it cannot be read",
                "Check the path, and that this account may read the file.",
                cause);
        }
    }

    // As with the key of a store: what others can read is no secret any more, and going on would hide that.
    private void RequirePrivate()
    {
#if !NETSTANDARD2_0
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new SecretReferenceException(
                "others than its owner can read or change it; it was not used",
                $"If nobody else can have read it: chmod 600 '{path}'. Else replace the secret as well.");
        }
#endif
    }
}
