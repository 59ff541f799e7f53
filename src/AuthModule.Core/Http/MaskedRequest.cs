using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AuthModule.Errors;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Http;

/// <summary>A request as <c>-Debug</c> shows it: method, address, names of fields; values only where they are known to be harmless.</summary>
internal static class MaskedRequest
{
    private static readonly HashSet<string> Harmless =
    [
        "grant_type", "client_id", "scope", "resource", "audience", "token-duration", "response_type", "redirect_uri",
        "token_type_hint", "code_challenge_method", "client_assertion_type", "subject_token_type", "requested_token_type",
    ];

    // What a request carries whoever sends it.
    private static readonly HashSet<string> HarmlessHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Language", "Content-Type", "User-Agent", "Cache-Control", "X-Request-Id",
    };

    public static string Describe(WireRequest request)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append(' ').Append(request.Url.GetLeftPart(UriPartial.Path));
        if (request.Url.Query.Length > 1)
        {
            text.Append('?').Append(MaskFields(request.Url.Query));
        }

        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            text.Append(" | ").Append(header.Key).Append(": ")
                .Append(HarmlessHeaders.Contains(header.Key) ? VisibleText.Of(header.Value) : Secret.Mask);
        }

        if (request.Body is { } body)
        {
            text.Append(" | ").Append(request.ContentType).Append(' ');
            text.Append(request.ContentType == FormText.ContentType
                ? MaskFields(Encoding.UTF8.GetString(body))
                : MaskedJson.Fields(body, Harmless.Contains) ?? $"{body.Length} bytes");
        }

        text.Append(" [request ").Append(request.RequestId).Append(']');
        return request.Scrubber.Scrub(text.ToString());
    }

    private static string MaskFields(string fields) => string.Join(
        "&",
        FormText.Read(fields).Select(field => $"{field.Key}={(Harmless.Contains(field.Key) ? field.Value : Secret.Mask)}"));
}
