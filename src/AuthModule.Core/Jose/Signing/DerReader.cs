using System;
using System.Text;

namespace AuthModule.Jose.Signing;

/// <summary>Reads the little of DER (ITU-T X.690) that private keys are written in, strictly: a length that does not fit is an error.</summary>
internal sealed class DerReader(byte[] bytes, int start, int length)
{
    private readonly int end = start + length;
    private int at = start;

    public DerReader(byte[] bytes)
        : this(bytes, 0, bytes.Length)
    {
    }

    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    public bool IsAtEnd => at >= end;

    /// <summary>The tag that comes next; 0 at the end.</summary>
    public byte NextTag => IsAtEnd ? (byte)0 : bytes[at];

    /// <summary>What is inside the next element.</summary>
    /// <exception cref="FormatException">Another element, or one that is longer than what it is in.</exception>
    public DerReader Enter(byte tag)
    {
        if (NextTag != tag)
        {
            throw new FormatException($"The key has element {NextTag:x2} where {tag:x2} belongs.");
        }

        at++;
        int size = ReadLength();
        if (size > end - at)
        {
            throw new FormatException("The key is cut short.");
        }

        var inside = new DerReader(bytes, at, size);
        at += size;
        return inside;
    }

    /// <summary>A number without leading zeros, big-endian.</summary>
    public byte[] ReadInteger()
    {
        byte[] number = Enter(Integer).Rest();
        int zeros = 0;
        while (zeros < number.Length - 1 && number[zeros] == 0)
        {
            zeros++;
        }

        return number.AsSpan(zeros).ToArray();
    }

    /// <summary>In dotted form.</summary>
    public string ReadObjectIdentifier()
    {
        byte[] encoded = Enter(ObjectIdentifier).Rest();
        var text = new StringBuilder();
        long value = 0;
        foreach (byte part in encoded)
        {
            value = (value << 7) | (long)(part & 0x7F);
            if ((part & 0x80) != 0)
            {
                continue;
            }

            if (text.Length == 0)
            {
                long first = Math.Min(value / 40, 2);
                text.Append(first).Append('.').Append(value - (first * 40));
            }
            else
            {
                text.Append('.').Append(value);
            }

            value = 0;
        }

        return text.ToString();
    }

    public void Skip() => Enter(NextTag);

    public byte[] Rest() => bytes.AsSpan(at, end - at).ToArray();

    private int ReadLength()
    {
        if (IsAtEnd)
        {
            throw new FormatException("The key is cut short.");
        }

        int first = bytes[at++];
        if (first < 0x80)
        {
            return first;
        }

        int count = first & 0x7F;
        if (count is 0 or > 3 || count > end - at)
        {
            throw new FormatException("The key has a length that cannot be.");
        }

        int size = 0;
        for (int i = 0; i < count; i++)
        {
            size = (size << 8) | bytes[at++];
        }

        return size;
    }
}
