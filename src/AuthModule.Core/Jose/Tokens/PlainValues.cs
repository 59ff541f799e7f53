using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using AuthModule.Text;

namespace AuthModule.Jose.Tokens;

/// <summary>
/// Reads JSON objects into plain values: string, long (decimal where a whole number is larger), double, bool, null, object?[], Dictionary. Strict: a member that is
/// there twice, text that is not UTF-8, a comment or anything after the object refuses the whole (RFC 7515, section 4; RFC 8725, section 2.6).
/// </summary>
internal static class PlainValues
{
    /// <summary>Tokens nest two or three levels; more is meant to exhaust somebody.</summary>
    public const int MaxLevels = 32;

    private const int UsualMembers = 11;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxLevels };

    /// <summary>Null when it is not one well-formed object; <paramref name="fault"/> then says why.</summary>
    public static Dictionary<string, object?>? TryReadObject(ReadOnlySpan<byte> utf8, out string fault)
    {
        fault = string.Empty;
        try
        {
            var reader = new Utf8JsonReader(utf8, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                fault = "is not a JSON object";
                return null;
            }

            Dictionary<string, object?>? members = ReadObject(ref reader, ref fault);
            if (members is not null && reader.Read())
            {
                fault = "has something after its JSON object";
                return null;
            }

            return members;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // InvalidOperationException: bytes or escapes that are no Unicode text.
            fault = "is not well-formed JSON";
            return null;
        }
    }

    /// <summary>A deep copy: what is handed out may be changed without changing what is kept.</summary>
    public static Dictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> members)
    {
        var copy = new Dictionary<string, object?>(members.Count, StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in members)
        {
            copy.Add(member.Key, CopyValue(member.Value));
        }

        return copy;
    }

    private static object? CopyValue(object? value) => value switch
    {
        Dictionary<string, object?> members => Copy(members),
        object?[] items => Array.ConvertAll(items, CopyValue),
        _ => value,
    };

    private static Dictionary<string, object?>? ReadObject(ref Utf8JsonReader reader, ref string fault)
    {
        var members = new Dictionary<string, object?>(reader.CurrentDepth == 0 ? UsualMembers : 0, StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            object? value = ReadValue(ref reader, ref fault);
            if (fault.Length > 0)
            {
                return null;
            }

            if (!members.TryAdd(name, value))
            {
                fault = $"has the member '{DisplayText.Text(name)}' twice";
                return null;
            }
        }

        return members;
    }

    private static object? ReadValue(ref Utf8JsonReader reader, ref string fault)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return ReadNumber(ref reader, ref fault);
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Null: return null;
            case JsonTokenType.StartObject: return ReadObject(ref reader, ref fault);
            default: return ReadArray(ref reader, ref fault);
        }
    }

    private static object? ReadNumber(ref Utf8JsonReader reader, ref string fault)
    {
        if (reader.TryGetInt64(out long whole))
        {
            return whole;
        }

        // A whole number that no double holds without loss: it is to be compared digit by digit.
        if (reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && reader.TryGetDecimal(out decimal large))
        {
            return large;
        }

        // Older frameworks answer false to what is too large, newer ones answer infinity.
        if (reader.TryGetDouble(out double number) && !double.IsInfinity(number))
        {
            return number;
        }

        fault = "has a number that is too large";
        return null;
    }

    private static object?[]? ReadArray(ref Utf8JsonReader reader, ref string fault)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, ref fault));
            if (fault.Length > 0)
            {
                return null;
            }
        }

        return items.ToArray();
    }
}
