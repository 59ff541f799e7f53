using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Pipeline;

namespace AuthModule.Rest;

/// <summary>Headers as the user gives them, apart by what they describe: the request or its body.</summary>
internal sealed class RestHeaders
{
    private const string Type = "Content-Type";

    private RestHeaders(List<KeyValuePair<string, string>> ofRequest, List<KeyValuePair<string, string>> ofBody, MediaTypeHeaderValue? contentType)
    {
        OfRequest = ofRequest;
        OfBody = ofBody;
        ContentType = contentType;
    }

    public IReadOnlyList<KeyValuePair<string, string>> OfRequest { get; }

    public IReadOnlyList<KeyValuePair<string, string>> OfBody { get; }

    /// <summary>What the user says of the body; null where nothing is said.</summary>
    public MediaTypeHeaderValue? ContentType { get; }

    /// <exception cref="AuthenticationException">InvalidRequest: what is no header.</exception>
    public static RestHeaders Read(IDictionary? given, string? contentType)
    {
        var ofRequest = new List<KeyValuePair<string, string>>();
        var ofBody = new List<KeyValuePair<string, string>>();
        foreach (DictionaryEntry entry in given ?? new Hashtable())
        {
            string name = Text(entry.Key);
            string value = PipelineValue.Unwrap(entry.Value) is IEnumerable several and not string ? string.Join(", ", several.Cast<object?>().Select(Text)) : Text(entry.Value);
            Check(name, value);
            if (string.Equals(name, Type, StringComparison.OrdinalIgnoreCase))
            {
                contentType ??= value;
            }
            else if (!string.Equals(name, "Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                (BodyHeaders.Has(name) ? ofBody : ofRequest).Add(new KeyValuePair<string, string>(name, value));
            }
        }

        return new RestHeaders(ofRequest, ofBody, contentType is null ? null : MediaType(contentType));
    }

    /// <summary>All headers of a reply by their names, as Invoke-RestMethod gives them.</summary>
    public static Dictionary<string, IEnumerable<string>> OfReply(HttpResponseMessage reply)
    {
        var headers = new Dictionary<string, IEnumerable<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, IEnumerable<string>> header in reply.Headers.Concat(reply.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            headers[header.Key] = [.. header.Value];
        }

        return headers;
    }

    private static MediaTypeHeaderValue MediaType(string text) => MediaTypeHeaderValue.TryParse(text, out MediaTypeHeaderValue? type)
        ? type
        : throw AuthError.Create(AuthErrorId.InvalidRequest, "-ContentType is not a media type.", "Write it like application/json or text/plain; charset=utf-8.");

    private static void Check(string name, string value)
    {
        if (name.Length == 0 || name.Any(c => c <= ' ' || c >= 127 || c == ':') || value.Any(c => c >= 127 || (c < ' ' && c != '\t')))
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Headers holds what is no header; nothing was sent. It is the one named '{new string([.. name.Where(c => !char.IsControl(c))])}'.", "Names have no space and no colon, values no line break and nothing but ASCII: encode other letters as the API wants them.");
        }
    }

    private static string Text(object? value) => Convert.ToString(PipelineValue.Unwrap(value), CultureInfo.InvariantCulture) ?? string.Empty;
}
