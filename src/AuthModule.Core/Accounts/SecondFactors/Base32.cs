using System;
using System.Collections.Generic;
using System.Text;

namespace AuthModule.Accounts.SecondFactors;

/// <summary>Base32 (RFC 4648, section 6), as authenticator secrets are written: without padding, read with or without it.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(byte[] bytes)
    {
        var text = new StringBuilder(((bytes.Length * 8) + 4) / 5);
        int buffer = 0;
        int bits = 0;
        foreach (byte value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= 31;
        }

        if (bits > 0)
        {
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        }

        return text.ToString();
    }

    /// <summary>Spaces, hyphens and letter case do not matter: people type these. False for other characters and impossible lengths.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        var found = new List<byte>(text.Length * 5 / 8);
        int buffer = 0;
        int bits = 0;
        int letters = 0;
        foreach (char c in text.Trim().TrimEnd('='))
        {
            if (c is ' ' or '-')
            {
                continue;
            }

            int value = Alphabet.IndexOf(char.ToUpperInvariant(c));
            if (value < 0)
            {
                return false;
            }

            letters++;
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                found.Add((byte)(buffer >> bits));
            }

            buffer &= (1 << bits) - 1;
        }

        if (letters % 8 is 1 or 3 or 6 || buffer != 0)
        {
            return false;
        }

        bytes = found.ToArray();
        return true;
    }
}
