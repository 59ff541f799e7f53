using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using Microsoft.AspNetCore.Http;

namespace AuthModule.Cli.Server;

/// <summary>Who calls, and what the caller may do.</summary>
internal sealed record Caller(string Subject, IReadOnlyList<string> Scopes);

/// <summary>Protects an endpoint by bearer token (RFC 6750) or API key: the caller, or a reply that says why not.</summary>
internal static class BearerCheck
{
    private const string Realm = "Bearer realm=\"authmodule\"";

    /// <summary>Null once a refusal has been written.</summary>
    public static async Task<Caller?> RequireAsync(HttpContext context, ServerState state, params string[] scopes)
    {
        string? token = Read(context);
        string? key = context.Request.Headers["X-API-Key"];
        if (token is not null && key is not null)
        {
            return Refuse(context, StatusCodes.Status400BadRequest, $"{Realm}, error=\"invalid_request\"");
        }

        if (key is not null)
        {
            return FromKey(context, state, key, scopes);
        }

        if (token is null)
        {
            // A request without credentials is only told what is wanted (section 3.1).
            return Refuse(context, StatusCodes.Status401Unauthorized, Realm);
        }

        TokenStatus status = await state.Issuer.ValidateAsync(token, context.RequestAborted, scopes);
        return status.IsActive
            ? new Caller(status.Record!.Subject, status.Record.Scopes)
            : Refuse(context, status.StatusCode, status.StatusCode == StatusCodes.Status403Forbidden
                ? Insufficient(scopes)
                : $"{Realm}, error=\"invalid_token\", error_description=\"{status.Reason}\"");
    }

    public static string? Read(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        return header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? header[7..].Trim() : null;
    }

    private static Caller? FromKey(HttpContext context, ServerState state, string key, string[] scopes) =>
        state.ApiKeys.Find(key) is not { } record ? Refuse(context, StatusCodes.Status401Unauthorized, Realm)
        : !scopes.All(record.Scopes.Contains) ? Refuse(context, StatusCodes.Status403Forbidden, Insufficient(scopes))
        : new Caller(record.Owner, record.Scopes);

    private static string Insufficient(string[] scopes) =>
        $"{Realm}, error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes)}\"";

    private static Caller? Refuse(HttpContext context, int status, string challenge)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.WWWAuthenticate = challenge;
        context.Response.Headers.CacheControl = "no-store";
        return null;
    }
}
