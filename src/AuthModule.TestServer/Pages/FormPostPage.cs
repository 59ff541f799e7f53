using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Pages;

/// <summary>A page whose form posts itself to the client (OAuth 2.0 Form Post Response Mode 1.0).</summary>
internal static class FormPostPage
{
    private const string Script = "document.forms[0].submit()";

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Script)));

    public static Task WriteAsync(HttpContext context, string target, IEnumerable<KeyValuePair<string, string?>> fields)
    {
        string inputs = string.Concat(fields.Select(static field => $"<input type=\"hidden\" name=\"{Encode(field.Key)}\" value=\"{Encode(field.Value)}\">"));
        string page = $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Going back</title></head>
            <body><form method="post" action="{Encode(target)}">{inputs}<noscript><button>Go on</button></noscript></form><script>{Script}</script></body></html>
            """;
        HttpResponse response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'sha256-{ScriptHash}'; base-uri 'none'; frame-ancestors 'none'";
        return response.WriteAsync(page, context.RequestAborted);
    }

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);
}
