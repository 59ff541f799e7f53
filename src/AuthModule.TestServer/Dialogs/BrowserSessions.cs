using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using AuthModule.Text;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialogs;

/// <summary>The browsers that were here, told apart by a cookie.</summary>
internal sealed class BrowserSessions(TimeProvider clock)
{
    private const int Most = 5000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, BrowserSession> sessions = new(StringComparer.Ordinal);

    /// <summary>Null where the browser brought no cookie that is known.</summary>
    public BrowserSession? Find(HttpContext context) =>
        context.Request.Cookies[CookieName(context)] is { } cookie
        && sessions.TryGetValue(TokenKey.Hash(cookie), out BrowserSession? session)
        && session.Until > clock.GetUtcNow()
            ? session
            : null;

    public BrowserSession FindOrCreate(HttpContext context)
    {
        if (Find(context) is { } known)
        {
            return known;
        }

        Sweep();
        var session = new BrowserSession();
        GiveCookie(context, session);
        return session;
    }

    /// <summary>A new cookie: one that was known before the sign-in is worth nothing after it.</summary>
    public void SignIn(HttpContext context, BrowserSession session, ServerUser user)
    {
        if (context.Request.Cookies[CookieName(context)] is { } former)
        {
            sessions.TryRemove(TokenKey.Hash(former), out _);
        }

        session.SignIn(user, clock.GetUtcNow());
        GiveCookie(context, session);
    }

    /// <summary>A form of another site, or of a page of before the sign-in, is refused.</summary>
    /// <exception cref="OAuthRefusal">invalid_request.</exception>
    public BrowserSession RequireForm(HttpContext context, OAuthForm form)
    {
        string? origin = context.Request.Headers.Origin;
        bool isForeign = origin is not null && origin != $"{context.Request.Scheme}://{context.Request.Host}";
        return !isForeign && Find(context) is { } session && session.IsFormKey(form[BrowserSession.FormField])
            ? session
            : throw OAuthRefusal.InvalidRequest("this form does not belong to a page of this browser: open the page again, and allow cookies");
    }

    // Cookies know no ports: servers on one machine would take each other's.
    private static string CookieName(HttpContext context) => "authmodule-" + context.Connection.LocalPort.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void GiveCookie(HttpContext context, BrowserSession session)
    {
        string cookie = RandomText.Base64Url(32);
        session.Until = clock.GetUtcNow() + Lifetime;
        sessions[TokenKey.Hash(cookie)] = session;
        context.Response.Cookies.Append(CookieName(context), cookie, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
    }

    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        int surplus = sessions.Count - Most;
        foreach (KeyValuePair<string, BrowserSession> old in sessions.Where(pair => pair.Value.Until <= now).Concat(surplus > 0 ? sessions.OrderBy(static pair => pair.Value.Until).Take(surplus) : []))
        {
            sessions.TryRemove(old);
        }
    }
}
