using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialects;

/// <summary>Errors of the JSON login API: <c>detail</c> as a text, a list for a request that does not fit, or RFC 7807.</summary>
internal static class PynomalyReply
{
    public static Task ErrorAsync(HttpContext context, ServerState state, int status, string detail, string? code = null)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (!state.Options.Dialects.ProblemErrors)
        {
            return Reply.JsonAsync(context, new Dictionary<string, object?> { ["detail"] = detail, ["error"] = code }, status);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            JsonText.WriteObject(new Dictionary<string, object?>
            {
                ["type"] = "about:blank",
                ["title"] = Title(status),
                ["status"] = status,
                ["detail"] = detail,
                ["code"] = code,
                ["instance"] = context.Request.Path.Value,
            }),
            context.RequestAborted);
    }

    /// <summary>A 422 that names each missing or unfit field and where it was looked for.</summary>
    public static Task UnfitAsync(HttpContext context, string place, params string[] fields) =>
        Reply.JsonAsync(
            context,
            new Dictionary<string, object?>
            {
                ["detail"] = fields.Select(field => new Dictionary<string, object?>
                {
                    ["loc"] = new[] { place, field },
                    ["msg"] = "field required or not valid",
                    ["type"] = "value_error",
                }).ToArray(),
            },
            StatusCodes.Status422UnprocessableEntity);

    public static string Time(System.DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Title(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        _ => "Error",
    };
}
