using System;
using System.Text;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Operations;

namespace AuthModule.Http;

/// <summary>Reads a reply that has to be one JSON object, and says plainly what it was instead.</summary>
internal static class JsonReply
{
    public const int MaxLevels = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxLevels };

    /// <exception cref="AuthServiceException">MalformedResponse.</exception>
    public static JsonElement Read(WireReply reply) =>
        TryRead(reply, out string fault) ?? throw Malformed(reply, fault);

    /// <summary>Null when the body is not a JSON object (or list, where one is allowed); <paramref name="fault"/> tells what it is.</summary>
    public static JsonElement? TryRead(WireReply reply, out string fault, bool allowList = false)
    {
        if (TryReadAny(reply, out fault) is not { } json)
        {
            return null;
        }

        fault = FaultOf(json, allowList);
        return fault.Length == 0 ? json : null;
    }

    /// <summary>What a body is that has to be an object (or a list, where one is allowed); empty where it is that.</summary>
    public static string FaultOf(JsonElement json, bool allowList) =>
        json.ValueKind == JsonValueKind.Object || (allowList && json.ValueKind == JsonValueKind.Array)
            ? string.Empty
            : $"a JSON {json.ValueKind.ToString().ToLowerInvariant()} instead of an object";

    /// <summary>Any JSON: a text alone too. Null when it is none.</summary>
    public static JsonElement? TryReadAny(WireReply reply, out string fault)
    {
        fault = string.Empty;
        ReadOnlyMemory<byte> body = WithoutByteOrderMark(InUtf8(reply));
        if (body.Length == 0)
        {
            fault = "an empty body";
            return null;
        }

        try
        {
            if (StrictJson.FaultOf(body.Span, MaxLevels) is { } unfit)
            {
                fault = unfit;
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(body, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The exception's own text may quote the body, which may be a token.
            fault = Describe(reply.MediaType, body);
            return null;
        }
    }

    /// <summary>A page for people, where a service was asked: what answers every address with the same page, or stands in between.</summary>
    public static bool IsPage(WireReply reply) =>
        Encoding.UTF8.GetString(reply.Body, 0, Math.Min(reply.Body.Length, 64)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('<');

    public static AuthException Malformed(WireReply reply, string fault) => AuthError.Create(
        AuthErrorId.MalformedResponse,
        $"{reply.Request.Service} answered the {reply.Request.Operation} with {fault} ({reply.Status}).",
        new ErrorDetails { Service = reply.Request.Service, StatusCode = reply.Status, CorrelationId = reply.Request.RequestId });

    public static ReadOnlyMemory<byte> WithoutByteOrderMark(byte[] body) =>
        body.Length >= 3 && body[0] == 0xEF && body[1] == 0xBB && body[2] == 0xBF ? body.AsMemory(3) : body;

    /// <summary>The body in UTF-8, from the charset that the reply declares; as it is where that is UTF-8, none, or one that is not known here.</summary>
    public static byte[] InUtf8(WireReply reply) =>
        reply.Charset is { } charset && Charsets.Find(charset) is { } encoding && encoding is not UTF8Encoding
            ? Encoding.Convert(encoding, Encoding.UTF8, reply.Body)
            : reply.Body;

    private static string Describe(string? mediaType, ReadOnlyMemory<byte> body)
    {
        string start = Encoding.UTF8.GetString(body.Slice(0, Math.Min(body.Length, 64)).ToArray()).TrimStart();
        if (start.StartsWith('<') || mediaType is "text/html")
        {
            return "an HTML page instead of JSON";
        }

        return start.StartsWith('{')
            ? $"JSON that is broken or cut short after {body.Length} bytes"
            : $"{mediaType ?? "something"} instead of JSON";
    }
}
