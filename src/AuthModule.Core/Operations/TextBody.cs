using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthModule.Providers;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>A body that a description writes as a text. Values are escaped for what the body is, so that no password breaks out of its place.</summary>
internal static class TextBody
{
    public const string ContentType = "text/plain";

    /// <summary>Null where every line was left out.</summary>
    public static string? Fill(IReadOnlyList<Template> lines, string? contentType, TemplateValues values)
    {
        Func<string, string>? escape = EscapeFor(contentType ?? ContentType);
        string[] filled = [.. lines.Select(line => line.Fill(values, escape)).OfType<string>()];
        return filled.Length == 0 ? null : string.Join("\n", filled);
    }

    private static Func<string, string>? EscapeFor(string contentType)
    {
        string type = contentType.Split(';')[0].Trim().ToLowerInvariant();
        return FormText.IsForm(type) ? FormText.Encode
            : XmlReply.IsXml(type) ? text => SecurityElement.Escape(text)!
            : type.EndsWith("json", StringComparison.Ordinal) || type.StartsWith("application/json", StringComparison.Ordinal) ? InJson
            : null;
    }

    private static string InJson(string text) => Encoding.UTF8.GetString(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray());
}
