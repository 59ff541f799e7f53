using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Stores.Files;

/// <summary>
/// The form of one file: a mark with the version, when the entry ends (UTC ticks, big-endian, 0 for never), its name with the length in
/// front (2 bytes), the value, and a SHA-256 of it all. The hash tells damage from change; against change on purpose values are sealed
/// before they get here.
/// </summary>
internal static class EntryFile
{
    private const int HashLength = 32;
    private const int NameLengthSize = 2;

    private static readonly byte[] Mark = Encoding.ASCII.GetBytes("AMS2");

    // Without a name: such an entry is read by whoever knows the name, and is in no list.
    private static readonly byte[] FormerMark = Encoding.ASCII.GetBytes("AMS1");

    /// <summary>Of mark and end.</summary>
    public static int HeaderLength { get; } = Mark.Length + sizeof(long);

    public static byte[] Write(byte[] value, DateTimeOffset? endsOn, string name = "")
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        byte[] content = new byte[HeaderLength + NameLengthSize + nameBytes.Length + value.Length + HashLength];
        Mark.CopyTo(content, 0);
        long ticks = endsOn?.UtcTicks ?? 0;
        for (int i = 0; i < sizeof(long); i++)
        {
            content[Mark.Length + i] = (byte)(ticks >> (56 - (8 * i)));
        }

        content[HeaderLength] = checked((byte)(nameBytes.Length >> 8));
        content[HeaderLength + 1] = (byte)nameBytes.Length;
        nameBytes.CopyTo(content, HeaderLength + NameLengthSize);
        value.CopyTo(content, HeaderLength + NameLengthSize + nameBytes.Length);
        Hash(content).CopyTo(content, content.Length - HashLength);
        return content;
    }

    /// <exception cref="InvalidDataException">It is not whole.</exception>
    public static FileEntry Read(byte[] content)
    {
        ReadOnlySpan<byte> mark = content.AsSpan(0, Math.Min(Mark.Length, content.Length));
        bool isNamed = mark.SequenceEqual(Mark);
        int head = HeaderLength + (isNamed ? NameLengthSize : 0);
        if (content.Length < head + HashLength
            || !(isNamed || mark.SequenceEqual(FormerMark))
            || !content.AsSpan(content.Length - HashLength).SequenceEqual(Hash(content)))
        {
            throw new InvalidDataException();
        }

        long ticks = TicksOf(content);
        int nameLength = isNamed ? (content[HeaderLength] << 8) | content[HeaderLength + 1] : 0;

        // The hash shows damage only: whoever can write here can make it fit.
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks || content.Length < head + nameLength + HashLength)
        {
            throw new InvalidDataException();
        }

        byte[] value = content.AsSpan(head + nameLength, content.Length - head - nameLength - HashLength).ToArray();
        return new FileEntry(value, ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero))
        {
            Name = nameLength == 0 ? null : Encoding.UTF8.GetString(content, head, nameLength),
        };
    }

    /// <summary>When an entry ends, by its header alone; null where it does not end or the header is none.</summary>
    public static DateTimeOffset? EndOf(byte[] header) =>
        header.Length >= HeaderLength && HasMark(header) && TicksOf(header) is > 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    private static bool HasMark(byte[] header) =>
        header.AsSpan(0, Mark.Length).SequenceEqual(Mark) || header.AsSpan(0, Mark.Length).SequenceEqual(FormerMark);

    private static long TicksOf(byte[] content)
    {
        long ticks = 0;
        for (int i = 0; i < sizeof(long); i++)
        {
            ticks = (ticks << 8) | content[Mark.Length + i];
        }

        return ticks;
    }

    private static byte[] Hash(byte[] content) => SHA256.HashData(content.AsSpan(0, content.Length - HashLength).ToArray());
}

/// <summary>What a file holds.</summary>
internal readonly record struct FileEntry(byte[] Value, DateTimeOffset? EndsOn)
{
    /// <summary>Null in a file that was written without it.</summary>
    public string? Name { get; init; }
}
