using System;
using System.Collections.Generic;
using System.Text;
using AuthModule.Text;

namespace AuthModule.Jose.Tokens;

/// <summary>A signed or encrypted token in its compact form (RFC 7515, section 7.1; RFC 7516, section 7.1), taken apart.</summary>
internal sealed class CompactToken
{
    /// <summary>In characters. No issuer makes larger ones, no header carries them.</summary>
    public const int MaxCharacters = 64 * 1024;

    private const int LongestRemembered = 1024;
    private static readonly string[] SignedParts = ["header", "payload", "signature"];
    private static readonly string[] EncryptedParts = ["header", "encrypted key", "initialization vector", "ciphertext", "authentication tag"];

    // The tokens of one issuer have one header: the last one that was read is not read again.
    private static volatile HeaderMemo? lastHeader;

    /// <summary>Shared by all tokens with the same header: to be read only.</summary>
    public required Dictionary<string, object?> Header { get; init; }

    /// <summary>The decoded parts but the first, which is in <see cref="Header"/>.</summary>
    public required byte[][] Parts { get; init; }

    /// <summary>The ASCII form of the token: the first <see cref="SignedLength"/> bytes of it are what the signature covers.</summary>
    public required byte[] Ascii { get; init; }

    public required int SignedLength { get; init; }

    public bool IsEncrypted => Parts.Length == EncryptedParts.Length;

    /// <summary>Null when it is not a compact token; <paramref name="fault"/> then says why and does not quote it.</summary>
    /// <remarks>
    /// A signature whose last letter has bits left over was changed, not misread: it is kept as empty, which nothing verifies.
    /// </remarks>
    public static CompactToken? TryRead(string token, out string fault)
    {
        fault = string.Empty;
        if (token.Length == 0)
        {
            fault = "the token is empty";
            return null;
        }

        if (token.Length > MaxCharacters)
        {
            fault = $"{token.Length / 1024} KiB is more than the {MaxCharacters / 1024} KiB that a token may have";
            return null;
        }

        int dots = 0;
        for (int at = token.IndexOf('.'); at >= 0; at = token.IndexOf('.', at + 1))
        {
            dots++;
        }

        string[]? names = dots switch { 2 => SignedParts, 4 => EncryptedParts, _ => null };
        if (names is null)
        {
            fault = $"{dots + 1} {(dots == 0 ? "part" : "parts")} instead of 3 (signed) or 5 (encrypted)";
            return null;
        }

        byte[][] parts = new byte[names.Length][];
        HeaderMemo? memo = lastHeader;
        bool isKnown = memo is not null && token.AsSpan().StartsWith(memo.Text.AsSpan());
        int start = 0;
        int lastDot = 0;
        for (int i = 0; i < names.Length; i++)
        {
            int end = token.IndexOf('.', start);
            end = end < 0 ? token.Length : end;
            ReadOnlySpan<char> part = token.AsSpan(start, end - start);
            if (i == 0 && isKnown)
            {
                parts[0] = [];
                start = end + 1;
                continue;
            }

            bool isSignature = names == SignedParts && i == SignedParts.Length - 1;
            if (!Base64Url.TryDecode(part, out parts[i]) && !(isSignature && Base64Url.IsWellFormed(part)))
            {
                fault = $"the {names[i]} is not base64url";
                return null;
            }

            lastDot = start - 1;
            start = end + 1;
        }

        if ((isKnown ? memo!.Header : ReadHeader(token, parts[0], out fault)) is not { } header)
        {
            return null;
        }

        return new CompactToken { Header = header, Parts = parts, Ascii = Encoding.ASCII.GetBytes(token), SignedLength = lastDot };
    }

    private static Dictionary<string, object?>? ReadHeader(string token, byte[] json, out string fault)
    {
        Dictionary<string, object?>? header = PlainValues.TryReadObject(json, out fault);
        if (header is null)
        {
            fault = $"the header {fault}";
            return null;
        }

        int length = token.IndexOf('.') + 1;
        if (length <= LongestRemembered)
        {
            lastHeader = new HeaderMemo(token.Substring(0, length), header);
        }

        return header;
    }

    /// <param name="Text">The header's part of a token, with the dot behind it.</param>
    /// <param name="Header">What it says.</param>
    private sealed record HeaderMemo(string Text, Dictionary<string, object?> Header);
}
