using System;
using System.Globalization;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialects;

/// <summary>What every request to the JSON login API passes: the rate limit, and where asked for a token or an API key, never both.</summary>
internal sealed class PynomalyGate(ServerState state)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly object gate = new();
    private DateTimeOffset windowEnd;
    private int used;

    /// <summary>A handler for anyone.</summary>
    public RequestDelegate Open(Func<HttpContext, Task> handler) => async context =>
    {
        if (await PassAsync(context))
        {
            await handler(context);
        }
    };

    /// <summary>A handler for a person who is signed in.</summary>
    public RequestDelegate For(Func<HttpContext, ServerUser, Task> handler) => Open(async context =>
    {
        string? token = BearerCheck.Read(context);
        string? key = context.Request.Headers["X-API-Key"];
        if (token is not null && key is not null)
        {
            await PynomalyReply.ErrorAsync(context, state, 400, "Send a token or an API key, not both");
        }
        else if (token is null && key is null)
        {
            await PynomalyReply.ErrorAsync(context, state, 401, "Not authenticated");
        }
        else if (await FindAsync(context, token, key) is { } user)
        {
            await handler(context, user);
        }
    });

    private async Task<ServerUser?> FindAsync(HttpContext context, string? token, string? key)
    {
        if (key is not null)
        {
            ServerUser? owner = state.Users.Find(state.ApiKeys.Find(key)?.Owner);
            if (owner is null)
            {
                await PynomalyReply.ErrorAsync(context, state, 401, "Invalid API key");
            }

            return owner;
        }

        TokenStatus status = await state.Issuer.ValidateAsync(token, context.RequestAborted);
        ServerUser? user = status.IsActive ? state.Users.Find(status.Record!.Subject) : null;
        if (user is null)
        {
            await PynomalyReply.ErrorAsync(context, state, 401, status.Failure == AuthErrorId.TokenExpired ? "Token has expired" : "Could not validate credentials");
        }

        return user;
    }

    private async Task<bool> PassAsync(HttpContext context)
    {
        int limit = state.Options.Dialects.RequestsPerMinute;
        int left;
        DateTimeOffset now = state.Now;
        DateTimeOffset end;
        lock (gate)
        {
            if (now >= windowEnd)
            {
                windowEnd = now + Window;
                used = 0;
            }

            left = limit - ++used;
            end = windowEnd;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, left).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (context.Request.Headers["X-Request-ID"] is [{ } id])
        {
            headers["X-Request-ID"] = id;
        }

        if (left >= 0)
        {
            return true;
        }

        headers.RetryAfter = Math.Ceiling((end - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await PynomalyReply.ErrorAsync(context, state, 429, "Rate limit exceeded");
        return false;
    }
}
