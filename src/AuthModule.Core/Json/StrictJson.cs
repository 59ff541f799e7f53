using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace AuthModule.Json;

/// <summary>
/// What a parser lets pass and what reads it later would stumble over or read in two ways: text that is no Unicode, and a
/// member that is there twice (RFC 6749, section 3.2; RFC 8259, section 4).
/// </summary>
internal static class StrictJson
{
    private static readonly UTF8Encoding Unicode = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null when there is nothing to say against it; a noun phrase without any of its text otherwise.</summary>
    /// <exception cref="JsonException">It is not JSON, or deeper than <paramref name="maxLevels"/>.</exception>
    public static string? FaultOf(ReadOnlySpan<byte> utf8, int maxLevels)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxLevels });
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        names.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        names.Pop();
                        break;
                    case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!):
                        return "JSON that has a member twice";
                    case JsonTokenType.String:
                        RequireUnicode(ref reader);
                        break;
                }
            }

            return null;
        }
        catch (Exception cause) when (cause is InvalidOperationException or DecoderFallbackException)
        {
            return "JSON whose text is not Unicode";
        }
    }

    // No copy where none is needed: it may be a token.
    private static void RequireUnicode(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            _ = reader.GetString();
        }
        else
        {
#if NETSTANDARD2_0
            _ = Unicode.GetCharCount(reader.ValueSpan.ToArray());
#else
            _ = Unicode.GetCharCount(reader.ValueSpan);
#endif
        }
    }
}
