using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Json;

namespace AuthModule.Text;

/// <summary>Writes plain values as JSON without reflection, so that nothing is written that was not named.</summary>
internal static class JsonText
{
    // Relaxed: the text goes to terminals, logs and request bodies, never into HTML.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>One object, fit for a terminal; members whose value is null are left out.</summary>
    public static string WriteObject(IEnumerable<KeyValuePair<string, object?>> members, bool indented = false) =>
        VisibleText.OfJson(Encoding.UTF8.GetString(WriteBytes(members, indented)));

    public static byte[] WriteBytes(IEnumerable<KeyValuePair<string, object?>> members, bool indented = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, indented ? Indented : Compact))
        {
            WriteMembers(writer, members);
        }

        return buffer.ToArray();
    }

    /// <summary>A text as a JSON value.</summary>
    public static JsonElement Element(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStringValue(text);
        }

        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>An object as a JSON value.</summary>
    public static JsonElement Element(IEnumerable<KeyValuePair<string, object?>> members)
    {
        using JsonDocument document = JsonDocument.Parse(WriteBytes(members));
        return document.RootElement.Clone();
    }

    /// <summary>Any such value as JSON text, a member to a line.</summary>
    public static string IndentedText(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            WriteValue(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
#if NETSTANDARD2_0
            case double number when number - number == 0: writer.WriteRawValue(ShortestDouble.Text(number)); break; // Finite: others are refused below.
#endif
            case double number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case JsonElement element: element.WriteTo(writer); break;
            case System.DateTimeOffset time: writer.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture)); break;
            case IEnumerable<KeyValuePair<string, object?>> members: WriteMembers(writer, members); break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(System.Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (member.Value is not null)
            {
                writer.WritePropertyName(member.Key);
                WriteValue(writer, member.Value);
            }
        }

        writer.WriteEndObject();
    }
}
