using System;
using System.Threading.Tasks;
using AuthModule.Issuing;
using Microsoft.AspNetCore.Http;

namespace AuthModule.Cli.Server;

/// <summary>Protects an endpoint by bearer token (RFC 6750): the record of a good token, or a reply that says why not.</summary>
internal static class BearerCheck
{
    private const string Realm = "Bearer realm=\"authmodule\"";

    /// <summary>Null once a refusal has been written.</summary>
    public static async Task<TokenRecord?> RequireAsync(HttpContext context, ServerState state, params string[] scopes)
    {
        string? token = Read(context);
        if (token is null)
        {
            // A request without credentials is only told what is wanted (section 3.1).
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, Realm);
            return null;
        }

        TokenStatus status = await state.Issuer.ValidateAsync(token, context.RequestAborted, scopes);
        if (status.IsActive)
        {
            return status.Record;
        }

        string detail = status.StatusCode == StatusCodes.Status403Forbidden
            ? $"{Realm}, error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes)}\""
            : $"{Realm}, error=\"invalid_token\", error_description=\"{status.Reason}\"";
        await RefuseAsync(context, status.StatusCode, detail);
        return null;
    }

    public static string? Read(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        return header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? header[7..].Trim() : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string challenge)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.WWWAuthenticate = challenge;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
