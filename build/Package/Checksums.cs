using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace AuthModule.Package;

/// <summary>SHA-256 of every file of the module, in the form that <c>sha256sum --check</c> reads.</summary>
internal static class Checksums
{
    public const string FileName = "SHA256SUMS";

    public static string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static string List(string folder, IEnumerable<string> files) =>
        string.Concat(files.Where(file => file != FileName).Select(file => $"{Of(Path.Combine(folder, file))}  {file}\n"));
}
