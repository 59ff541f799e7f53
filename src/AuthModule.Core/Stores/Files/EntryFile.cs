using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Stores.Files;

/// <summary>
/// The form of one file: a mark with the version, when the entry ends (UTC ticks, big-endian, 0 for never), the value, and a
/// SHA-256 of it all. The hash tells damage from change; against change on purpose values are sealed before they get here.
/// </summary>
internal static class EntryFile
{
    private const int HashLength = 32;

    private static readonly byte[] Mark = Encoding.ASCII.GetBytes("AMS1");

    /// <summary>Of mark and end.</summary>
    public static int HeaderLength { get; } = Mark.Length + sizeof(long);

    public static byte[] Write(byte[] value, DateTimeOffset? endsOn)
    {
        byte[] content = new byte[HeaderLength + value.Length + HashLength];
        Mark.CopyTo(content, 0);
        long ticks = endsOn?.UtcTicks ?? 0;
        for (int i = 0; i < sizeof(long); i++)
        {
            content[Mark.Length + i] = (byte)(ticks >> (56 - (8 * i)));
        }

        value.CopyTo(content, HeaderLength);
        Hash(content).CopyTo(content, content.Length - HashLength);
        return content;
    }

    /// <exception cref="InvalidDataException">It is not whole.</exception>
    public static (byte[] Value, DateTimeOffset? EndsOn) Read(byte[] content)
    {
        if (content.Length < HeaderLength + HashLength
            || !content.AsSpan(0, Mark.Length).SequenceEqual(Mark)
            || !content.AsSpan(content.Length - HashLength).SequenceEqual(Hash(content)))
        {
            throw new InvalidDataException();
        }

        // The hash shows damage only: whoever can write here can make it fit.
        long ticks = TicksOf(content);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            throw new InvalidDataException();
        }

        byte[] value = content.AsSpan(HeaderLength, content.Length - HeaderLength - HashLength).ToArray();
        return (value, ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    /// <summary>When an entry ends, by its header alone; null where it does not end or the header is none.</summary>
    public static DateTimeOffset? EndOf(byte[] header) =>
        header.Length >= HeaderLength && header.AsSpan(0, Mark.Length).SequenceEqual(Mark) && TicksOf(header) is > 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

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
