using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Redis;

/// <summary>
/// Reads values of the Redis protocol (RESP2 and RESP3) from a stream. Whatever the other side announces, no more is read or
/// reserved than a store of tokens needs.
/// </summary>
internal sealed class RespReader(Stream stream)
{
    public const int LongestLine = 16 * 1024;
    public const int LargestValue = 4 * 1024 * 1024;
    public const int MaxItems = 4096;
    public const int DeepestNesting = 8;

    /// <summary>In one answer, with all that is nested in it.</summary>
    public const int MaxValues = 8192;

    private readonly byte[] buffer = new byte[8 * 1024];
    private int start;
    private int end;
    private int values;

    /// <exception cref="RespException">The stream ended, or what came is not this protocol or too large.</exception>
    public Task<RespValue> ReadAsync(CancellationToken cancellationToken)
    {
        values = 0;
        return ReadAsync(0, cancellationToken);
    }

    private async Task<RespValue> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        if (depth > DeepestNesting)
        {
            throw new RespException("it answered with lists nested too deeply");
        }

        byte[] line = await ReadHeadAsync(cancellationToken).ConfigureAwait(false);

        // Attributes go before the value that they describe; nothing here asks for them. As many as there are, in a loop: one
        // call for each would let a server exhaust the stack.
        while (line[0] == '|')
        {
            await ReadItemsAsync(RespKind.List, 2 * Count(line), depth, cancellationToken).ConfigureAwait(false);
            line = await ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        }

        string rest = Encoding.UTF8.GetString(line, 1, line.Length - 1);
        switch ((char)line[0])
        {
            case '+' or ',' or '(':
                return new RespValue { Kind = RespKind.Text, Bytes = Encoding.UTF8.GetBytes(rest) };
            case '-':
                return new RespValue { Kind = RespKind.Error, Bytes = Encoding.UTF8.GetBytes(rest) };
            case ':':
                return new RespValue { Kind = RespKind.Integer, Integer = Number(rest) };
            case '#':
                return new RespValue { Kind = RespKind.Integer, Integer = rest == "t" ? 1 : 0 };
            case '_':
                return RespValue.Null;
            case '$':
                return await ReadBytesAsync(RespKind.Bytes, Number(rest), cancellationToken).ConfigureAwait(false);
            case '!':
                return await ReadBytesAsync(RespKind.Error, Number(rest), cancellationToken).ConfigureAwait(false);
            case '=':
                return await ReadVerbatimAsync(Number(rest), cancellationToken).ConfigureAwait(false);
            case '*' or '~':
                return await ReadItemsAsync(RespKind.List, Number(rest), depth, cancellationToken).ConfigureAwait(false);
            case '%':
                return await ReadItemsAsync(RespKind.List, 2 * Count(line), depth, cancellationToken).ConfigureAwait(false);
            case '>':
                return await ReadItemsAsync(RespKind.Push, Number(rest), depth, cancellationToken).ConfigureAwait(false);
            default:
                throw NotTheProtocol();
        }
    }

    private async ValueTask<byte[]> ReadHeadAsync(CancellationToken cancellationToken)
    {
        byte[] line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        return line.Length == 0 ? throw NotTheProtocol()
            : ++values > MaxValues ? throw new RespException("it answered with more values than any that was asked for")
            : line;
    }

    private async Task<RespValue> ReadBytesAsync(RespKind kind, long length, CancellationToken cancellationToken)
    {
        if (length == -1)
        {
            return RespValue.Null;
        }

        if (length is < 0 or > LargestValue)
        {
            throw new RespException("it announced a value that is larger than any that was written");
        }

        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < bytes.Length)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            int taken = Math.Min(end - start, bytes.Length - filled);
            Buffer.BlockCopy(buffer, start, bytes, filled, taken);
            start += taken;
            filled += taken;
        }

        if (await ReadByteAsync(cancellationToken).ConfigureAwait(false) != '\r' || await ReadByteAsync(cancellationToken).ConfigureAwait(false) != '\n')
        {
            throw NotTheProtocol();
        }

        return new RespValue { Kind = kind, Bytes = bytes };
    }

    // "txt:" or "mkd:" stands before the text.
    private async Task<RespValue> ReadVerbatimAsync(long length, CancellationToken cancellationToken)
    {
        RespValue value = await ReadBytesAsync(RespKind.Bytes, length, cancellationToken).ConfigureAwait(false);
        return value.Bytes is { Length: >= 4 } bytes && bytes[3] == ':'
            ? new RespValue { Kind = RespKind.Bytes, Bytes = bytes.AsSpan(4).ToArray() }
            : throw NotTheProtocol();
    }

    private async Task<RespValue> ReadItemsAsync(RespKind kind, long count, int depth, CancellationToken cancellationToken)
    {
        if (count == -1)
        {
            return RespValue.Null;
        }

        if (count is < 0 or > MaxItems)
        {
            throw new RespException("it announced a list that is longer than any that was asked for");
        }

        var items = new List<RespValue>();
        for (long i = 0; i < count; i++)
        {
            items.Add(await ReadAsync(depth + 1, cancellationToken).ConfigureAwait(false));
        }

        return new RespValue { Kind = kind, Items = items };
    }

    private async ValueTask<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken).ConfigureAwait(false);
        int length = buffer.AsSpan(start, end - start).IndexOf((byte)'\r');
        if (length >= 0 && start + length + 1 < end && buffer[start + length + 1] == '\n')
        {
            byte[] whole = buffer.AsSpan(start, length).ToArray();
            start += length + 2;
            return whole;
        }

        using var line = new MemoryStream();
        while (true)
        {
            byte next = await ReadByteAsync(cancellationToken).ConfigureAwait(false);
            if (next == '\r')
            {
                return await ReadByteAsync(cancellationToken).ConfigureAwait(false) == '\n' ? line.ToArray() : throw NotTheProtocol();
            }

            if (line.Length >= LongestLine)
            {
                throw NotTheProtocol();
            }

            line.WriteByte(next);
        }
    }

    private async ValueTask<byte> ReadByteAsync(CancellationToken cancellationToken)
    {
        if (start == end)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return buffer[start++];
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start < end)
        {
            return;
        }

        start = 0;
        end = await stream.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        if (end == 0)
        {
            throw new RespException("it closed the connection");
        }
    }

    // Twice a count that is too large must not come round to one that is not.
    private static long Count(byte[] line)
    {
        long number = Number(Encoding.UTF8.GetString(line, 1, line.Length - 1));
        return number is < 0 or > MaxItems ? MaxItems + 1 : number;
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw NotTheProtocol();

    private static RespException NotTheProtocol() => new("it answered with something that is not the Redis protocol");
}
