using System;
using System.Text;

namespace AuthModule.Text;

/// <summary>Files that people write with whatever editor they have: Windows PowerShell's <c>&gt;</c> and <c>Out-File</c> write UTF-16, and UTF-8 with a byte order mark.</summary>
internal static class TextFile
{
    /// <summary>The same text as UTF-8 without a mark, where a byte order mark says what it is in; anything else as it is.</summary>
    public static byte[] ToUtf8(byte[] content) => content switch
    {
        { Length: >= 2 } when content[0] == 0xFF && content[1] == 0xFE => Convert(Encoding.Unicode, content, 2),
        { Length: >= 2 } when content[0] == 0xFE && content[1] == 0xFF => Convert(Encoding.BigEndianUnicode, content, 2),
        { Length: >= 3 } when content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF => Convert(Encoding.UTF8, content, 3),
        _ => content,
    };

    // It may be a key.
    private static byte[] Convert(Encoding encoding, byte[] content, int mark)
    {
        byte[] text = Encoding.Convert(encoding, Encoding.UTF8, content, mark, content.Length - mark);
        Array.Clear(content, 0, content.Length);
        return text;
    }
}
