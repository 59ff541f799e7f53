using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Secrets;

namespace AuthModule.Jose.Signing;

/// <summary>The bytes of a key's file, and the certificate that a PFX (RFC 7292) is.</summary>
internal static class KeyBytes
{
    private const byte Sequence = 0x30; // What every DER text of a key begins with.
    private const long LongestFile = 1024 * 1024;

    /// <exception cref="FormatException">It is too long to be a key.</exception>
    public static byte[] Read(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length > LongestFile ? throw new FormatException("It is too long to be a key.") : File.ReadAllBytes(path);
    }

    public static bool MayBePfx(byte[] bytes) => bytes.Length > 0 && bytes[0] == Sequence;

    /// <param name="bytes">Of the file.</param>
    /// <param name="password">Null where it has none.</param>
    /// <param name="flags">How its key is kept.</param>
    /// <param name="use">Takes the key out of it.</param>
    /// <exception cref="FormatException">It needs a password, or another one, or is damaged.</exception>
    public static T ReadPfx<T>(byte[] bytes, Secret? password, X509KeyStorageFlags flags, Func<X509Certificate2, T> use)
    {
        try
        {
#pragma warning disable SYSLIB0057 // The loader that replaces it is not in the frameworks that this is built for.
            return use(new X509Certificate2(bytes, password?.Reveal(), flags));
#pragma warning restore SYSLIB0057
        }
        catch (CryptographicException cause)
        {
            throw new FormatException(
                password is null ? "It is a PFX that needs a password, or it is damaged." : "It is a PFX with another password than was given, or it is damaged.", cause);
        }
    }
}
