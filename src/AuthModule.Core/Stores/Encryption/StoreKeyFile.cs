using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Stores.Files;

namespace AuthModule.Stores.Encryption;

/// <summary>
/// A key that is made at first use and kept in a file that only the user can read. On Windows its content is sealed to the
/// user's account besides (DPAPI), so that a copy of the file is worth nothing elsewhere.
/// </summary>
internal static class StoreKeyFile
{
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("authmodule store key");

    /// <exception cref="ConfigurationException">InvalidKey: others can read the file, or it holds no key.</exception>
    /// <exception cref="AuthServiceException">StoreUnavailable: it cannot be read or made.</exception>
    public static StoreKey ReadOrCreate(string path)
    {
        try
        {
            string folder = Path.GetDirectoryName(path)!;
            OwnFiles.RequireFolder(folder);
            if (PrivateFiles.ReadOwn(path) is not { } content)
            {
                PrivateFiles.CreateFolder(folder);
                PrivateFiles.TryCreate(path, Protect(RandomNumberGenerator.GetBytes(StoreKey.Length)));

                // Read again, as another process may have been first.
                content = PrivateFiles.ReadOwn(path) ?? throw new IOException("It disappeared.");
            }

            RequirePrivate(path);
            return StoreKey.FromBytes(Unprotect(content) ?? throw NoKey(path), $"The key file {path}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"The key of the store cannot be read or made ({path}): {cause.Message}",
                new ErrorDetails { Action = (cause as UnsafeFileException)?.Action ?? "Make the file accessible to you, or set AUTHMODULE_STORE_KEY.", Cause = cause });
        }
    }

    private static void RequirePrivate(string path)
    {
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidKey,
                $"The key file {path} can be used by others than its owner; it was not used.",
                $"If nobody else can have read it: chmod 600 '{path}'. Else delete it, and with it what the store holds.");
        }
#endif
    }

    private static byte[] Protect(byte[] key)
    {
        byte[] content = OperatingSystem.IsWindows() ? ProtectedData.Protect(key, Purpose, DataProtectionScope.CurrentUser) : key;
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(content) + "\n");
    }

    private static byte[]? Unprotect(byte[] content)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(Encoding.ASCII.GetString(content).Trim());
            byte[] key = OperatingSystem.IsWindows() ? ProtectedData.Unprotect(bytes, Purpose, DataProtectionScope.CurrentUser) : bytes;
            return key.Length == StoreKey.Length ? key : null;
        }
        catch (Exception cause) when (cause is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static AuthException NoKey(string path) => AuthError.Create(
        AuthErrorId.InvalidKey,
        $"The key file {path} holds no key that can be read here.",
        "Restore it, or delete it and name another store: what was sealed with it cannot be opened without it.");
}
