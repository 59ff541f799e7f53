using System;
using System.IO;
using System.Text;
using AuthModule.Secrets;

namespace AuthModule.Profiles.Secrets;

/// <summary>Turns what a file holds or a program wrote into a secret.</summary>
internal static class SecretText
{
    public const int LongestBytes = 64 * 1024;

    /// <summary>Without a byte order mark and one line break at the end; null where nothing is left.</summary>
    public static Secret? Read(byte[] content)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        string text = reader.ReadToEnd();
        Array.Clear(content, 0, content.Length);
        int end = text.Length;
        if (end > 0 && text[end - 1] == '\n')
        {
            end -= end > 1 && text[end - 2] == '\r' ? 2 : 1;
        }

        return Secret.FromOptional(text.Substring(0, end));
    }
}
