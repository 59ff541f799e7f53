using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Secrets;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Recording;

/// <summary>Notes each request before it is handled, so that it is in the log when its reply arrives.</summary>
internal static class RequestRecorder
{
    private const int BodyLimit = 64 * 1024;

    private static readonly string[] Shown = ["Accept", "Content-Type", "User-Agent", "X-Request-ID", "X-Debug", "Host", "Cookie", "Origin", "Referer"];
    private static readonly string[] Masked = ["Authorization", "X-API-Key", "DPoP", "Proxy-Authorization"];

    public static async Task RecordAsync(HttpContext context, ServerState state)
    {
        HttpRequest request = context.Request;
        byte[] body = await PeekAsync(request);
        bool isForm = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        string form = isForm ? Encoding.UTF8.GetString(body) : string.Empty;
        var served = new ServedRequest
        {
            Time = state.Now,
            Method = request.Method,
            Path = RequestMask.Path(request.Path.Value ?? "/"),
            Query = RequestMask.FormFields(request.QueryString.Value?.TrimStart('?') ?? string.Empty),
            Fields = isForm ? RequestMask.FormFields(form) : RequestMask.JsonFields(body),
            Form = isForm ? RequestMask.Form(form) : null,
            ContentType = request.ContentType,
            AuthorizationScheme = Scheme(request.Headers.Authorization.FirstOrDefault()),
            Headers = Headers(request.Headers),
            ClientCertificate = context.Connection.ClientCertificate?.Subject,
        };

        // When the reply starts, not when it ends: by then the client can already look.
        context.Response.OnStarting(() =>
        {
            served.Status = context.Response.StatusCode;
            state.Log.Answered(served);
            return Task.CompletedTask;
        });
        state.Log.Add(served);
    }

    // A header without a scheme is a secret as a whole.
    private static string? Scheme(string? header) => header?.IndexOf(' ', StringComparison.Ordinal) switch
    {
        null => null,
        < 0 => Secret.Mask,
        int end => header[..end],
    };

    private static async Task<byte[]> PeekAsync(HttpRequest request)
    {
        request.EnableBuffering();
        byte[] buffer = new byte[BodyLimit];
        int length = await request.Body.ReadAtLeastAsync(buffer, BodyLimit, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return buffer[..length];
    }

    private static Dictionary<string, string> Headers(IHeaderDictionary headers)
    {
        var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in Shown.Where(headers.ContainsKey))
        {
            shown[name] = name switch
            {
                "Cookie" => Secret.Mask,

                // A page's address can hold a code.
                "Referer" => headers[name].ToString().Split('?')[0],
                _ => headers[name].ToString(),
            };
        }

        foreach (string name in Masked.Where(headers.ContainsKey))
        {
            shown[name] = Secret.Mask;
        }

        return shown;
    }
}
