using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using AuthModule.TestServer.Pages;
using AuthModule.Text;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Hosting;

/// <summary>Writes replies. Everything here can hold a token, so nothing may be cached (RFC 6749, section 5.1).</summary>
internal static class Reply
{
    public static Task JsonAsync(HttpContext context, IReadOnlyDictionary<string, object?> members, int status = StatusCodes.Status200OK) =>
        TextAsync(context, JsonText.WriteObject(members), status);

    public static async Task TextAsync(HttpContext context, string json, int status = StatusCodes.Status200OK)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        await response.WriteAsync(json, context.RequestAborted);
    }

    public static Task RefusalAsync(HttpContext context, OAuthRefusal refusal)
    {
        if (refusal.Challenge is { } challenge)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
        }

        if (refusal.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return JsonAsync(
            context,
            new Dictionary<string, object?> { ["error"] = refusal.Error, ["error_description"] = refusal.Message },
            refusal.Status);
    }

    /// <summary>Runs a handler and turns its refusals into pages for a browser, and into JSON for others.</summary>
    public static RequestDelegate ForBrowser(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (OAuthRefusal refusal)
        {
            await (IsBrowser(context) ? MessagePage.Error(refusal.Message, refusal.Status).WriteAsync(context) : RefusalAsync(context, refusal));
        }
    };

    public static bool IsBrowser(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs a handler and turns its refusals into replies.</summary>
    public static RequestDelegate OAuth(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (OAuthRefusal refusal)
        {
            await RefusalAsync(context, refusal);
        }
    };
}
