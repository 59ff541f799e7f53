using System.Linq;
using System.Text;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Providers;

namespace AuthModule.Operations;

/// <summary>What a refusal says: its code and its words, as the description or everybody has them.</summary>
internal static class ErrorText
{
    private const int LongestQuote = 500;

    // What services write where there is no error.
    private static readonly string[] NoError = ["0", "200", "201", "ok", "success", "none", "null", "false"];

    /// <summary>Null where there is none.</summary>
    public static string? Code(ReplyDocument document, ErrorDescription errors)
    {
        foreach (ReplyPath path in errors.Code.Paths)
        {
            if (document.Find(new ReplyPlaces([path]), ignoreCase: true) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value
                && JsonPath.Text(value) is { Length: > 0 } code)
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>Whether a code says that something is wrong.</summary>
    public static bool IsError(string? code) => code is not null && !NoError.Contains(code.ToLowerInvariant());

    /// <summary>The explanation; of a body that is no JSON the text itself. Null where there is none.</summary>
    public static string? Message(ReplyDocument document, ErrorDescription errors)
    {
        foreach (ReplyPath path in errors.Message.Paths)
        {
            if (document.Find(new ReplyPlaces([path]), ignoreCase: true) is { } value && Words(value) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return document.Root is null ? document.Text
            : document.Root is { ValueKind: JsonValueKind.String } only ? only.GetString()
            : null;
    }

    /// <summary>Masked, bounded, and without what terminals obey.</summary>
    public static string Clean(string text, WireReply reply)
    {
        string scrubbed = reply.Request.Scrubber.Scrub(text).Trim();
        return scrubbed.Length > LongestQuote ? VisibleText.Shortened(scrubbed, LongestQuote) : VisibleText.Of(scrubbed);
    }

    // A 422 is often a list of faults, each with a place and a message; some have a list for each field.
    private static string? Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Joined(value.EnumerateArray().Select(FaultOf)),
        JsonValueKind.Object when XmlReply.TextOf(value) is null => Joined(value.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Array)
            .Select(member => $"{member.Name}: {JsonPath.Text(member.Value)}")),
        _ => JsonPath.Text(value),
    };

    private static string? FaultOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return JsonPath.Text(item);
        }

        string? message = JsonPath.Text(item, ["msg", "message", "detail", "description", "title", "reason"]);
        string? place = JsonPath.Find(item, "loc") is { ValueKind: JsonValueKind.Array } path ? JsonPath.Text(path)!.Replace(' ', '.') : null;
        return place is null || message is null ? message : $"{place}: {message}";
    }

    private static string Joined(System.Collections.Generic.IEnumerable<string?> texts) => string.Join("; ", texts.Where(text => !string.IsNullOrEmpty(text)));
}
