#pragma warning disable CA5394 // A seeded source on purpose: a failure must repeat.
using System;
using System.Collections.Generic;
using System.Text;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>Changes inputs at random: bits, bytes, pieces, and what means something to a reader of JSON, numbers, lists or lines.</summary>
internal sealed class Mutator(Random random)
{
    private const int Longest = 64 * 1024;

    private static readonly byte[][] Words =
    [
        .. Array.ConvertAll(
            new[]
            {
                "null", "true", "-1", "0", "1e999", "-1e300", "9223372036854775808", "99999999999999999999999999", "1.5", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "{\"a\":{\"a\":{\"a\":{\"a\":", "\"a\":1,\"a\":2,", "\r\n", "\r\n\r\n", "\n ", ",", ";", ":", "=", "%", "%zz", "%00", "%ff%fe", "&", "?", "#", "//", "@", "\\", "\"", "'", "..", "../../", "\u00e9", "\u2028", "\ufeff",
                "http://", "https://[::1", "javascript:", "data:,", "-----BEGIN CERTIFICATE-----", "-----END PRIVATE KEY-----", "Bearer ", "error=\"", "$-1\r\n", "*3\r\n", "|1\r\n", ">2\r\n", "%9223372036854775807\r\n",
            },
            Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x00], [0xEF, 0xBB, 0xBF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
    ];

    /// <summary>One in eight is noise; the others are a seed with one to six changes.</summary>
    public byte[] Next(IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(8) == 0)
        {
            byte[] noise = new byte[random.Next(random.Next(4) == 0 ? 2048 : 64)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] input = seeds[random.Next(seeds.Count)];
        for (int times = random.Next(1, 7); times > 0; times--)
        {
            input = Change(input, seeds);
        }

        return input.Length > Longest ? input[..Longest] : input;
    }

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> seeds)
    {
        int at = random.Next(input.Length + 1);
        int length = random.Next(Math.Min(input.Length - at, 40) + 1);
        switch (random.Next(10))
        {
            case 0 when input.Length > 0:
                byte[] flipped = [.. input];
                flipped[random.Next(input.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return [.. input[..at], .. input[(at + length)..]];
            case 2:
                return input[..at];
            case 3:
                return Splice(input, at, 0, Words[random.Next(Words.Length)]);
            case 4:
                return Splice(input, at, length, Words[random.Next(Words.Length)]);
            case 5:
                return Splice(input, at, 0, input.AsSpan(at, length));
            case 6:
                byte[] other = seeds[random.Next(seeds.Count)];
                return [.. input[..at], .. other[random.Next(other.Length + 1)..]];
            case 7:
                return ReplaceValue(input);
            case 8:
                byte[] repeated = new byte[random.Next(1, 3000)];
                Array.Fill(repeated, input.Length == 0 ? (byte)'(' : input[random.Next(input.Length)]);
                return Splice(input, at, 0, repeated);
            default:
                byte[] changed = new byte[random.Next(1, 9)];
                random.NextBytes(changed);
                return Splice(input, at, Math.Min(changed.Length, input.Length - at), changed);
        }
    }

    // What stands between a colon, an equals sign or a comma and the next one: the other side of a name.
    private byte[] ReplaceValue(byte[] input)
    {
        var starts = new List<int>();
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] is (byte)':' or (byte)'=' or (byte)'[' or (byte)',')
            {
                starts.Add(i + 1);
            }
        }

        if (starts.Count == 0)
        {
            return input;
        }

        int start = starts[random.Next(starts.Count)];
        int end = start;
        while (end < input.Length && input[end] is not ((byte)',' or (byte)'}' or (byte)'&' or (byte)']' or (byte)'\r'))
        {
            end++;
        }

        return Splice(input, start, end - start, Words[random.Next(Words.Length)]);
    }

    private static byte[] Splice(byte[] input, int at, int removed, ReadOnlySpan<byte> added) => [.. input[..at], .. added, .. input[(at + removed)..]];
}
