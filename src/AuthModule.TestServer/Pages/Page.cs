using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Pages;

/// <summary>One page of the server: self-contained, and nothing runs in it but the one script that it names.</summary>
internal sealed record Page(string Title, Html Body)
{
    private static readonly string StyleHash = Hash(PageStyle.Text);

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Wide pages have a header of their own and their main part in columns.</summary>
    public bool IsWide { get; init; }

    /// <summary>Null where nothing runs.</summary>
    public string? Script { get; init; }

    /// <summary>Where its forms may lead in the end beside this server: browsers check redirects that follow a form, too. Null for nowhere.</summary>
    public string? FormTarget { get; init; }

    public Task WriteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{StyleHash}'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'{(FormTarget is null ? string.Empty : " " + FormTarget)}"
            + (Script is null ? string.Empty : $"; script-src '{Hash(Script)}'; connect-src 'self'");
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // Its own forms still say where they come from, which is checked; no other site learns an address.
        response.Headers["Referrer-Policy"] = "same-origin";
        return response.WriteAsync(Render().ToString(), context.RequestAborted);
    }

    private Html Render() => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Title} - AuthModule</title>
        <link rel="icon" href="data:,">
        <style>{new Html(PageStyle.Text)}</style>
        </head>
        <body{(IsWide ? new Html(" class=\"wide\"") : Html.Empty)}>
        {Body}
        {(Script is null ? Html.Empty : new Html($"<script>{Script}</script>"))}
        </body>
        </html>
        """);

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
