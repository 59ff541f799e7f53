using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthModule.Cli.Server.Endpoints;

/// <summary>
/// Where a person allows a client to act (RFC 6749, section 4.1.1; PKCE with S256 is required). A page asks for name and
/// password, unless the server was told to answer for a person.
/// </summary>
internal static class AuthorizationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm)
    {
        routes.MapGet(realm.Path + realm.Authorization, Reply.OAuth(context => AskAsync(context, state, realm)));
        routes.MapPost(realm.Path + realm.Authorization, Reply.OAuth(context => DecideAsync(context, state, realm)));
    }

    private static async Task AskAsync(HttpContext context, ServerState state, Realm realm)
    {
        AuthorizationRequest request = AuthorizationRequest.Read(context.Request.Query, state);
        string? refused = request.Refusal(state.Options.AutoApproveAs is null);
        if (refused is not null)
        {
            Redirect(context, state, realm, request, ("error", refused));
        }
        else if (state.Users.Find(state.Options.AutoApproveAs) is { } user)
        {
            Approve(context, state, realm, request, user);
        }
        else
        {
            await ShowAsync(context, request, null);
        }
    }

    private static async Task DecideAsync(HttpContext context, ServerState state, Realm realm)
    {
        AuthorizationRequest request = AuthorizationRequest.Read(context.Request.Query, state);
        OAuthForm form = await OAuthForm.ReadAsync(context);
        if ((request.Refusal(needsPerson: false) ?? (form["deny"] is null ? null : "access_denied")) is { } refused)
        {
            Redirect(context, state, realm, request, ("error", refused));
            return;
        }

        SignInResult result = state.Users.SignIn(form["username"] ?? string.Empty, form["password"] ?? string.Empty, out ServerUser? user);
        if (result == SignInResult.Accepted)
        {
            Approve(context, state, realm, request, user!);
            return;
        }

        await ShowAsync(context, request, result == SignInResult.Locked ? "This account is locked for a while." : "Name or password is wrong.");
    }

    private static void Approve(HttpContext context, ServerState state, Realm realm, AuthorizationRequest request, ServerUser user)
    {
        string[] allowed = [.. request.Client.Scopes.Where(user.Scopes.Contains)];
        string[] scopes = request.Scopes is { } wanted ? [.. wanted.Where(allowed.Contains)] : allowed;
        string code = state.Codes.Add(new AuthorizationCode(request.Client, user, request.RedirectUri, scopes)
        {
            Challenge = request.Challenge!,
            Nonce = request.Nonce,
            Until = state.Now + AuthorizationCodes.Lifetime,
        });
        Redirect(context, state, realm, request, ("code", code));
    }

    // The issuer goes along, so that a client of several servers can tell who answered (RFC 9207).
    private static void Redirect(HttpContext context, ServerState state, Realm realm, AuthorizationRequest request, (string Name, string Value) answer) =>
        context.Response.Redirect(QueryHelpers.AddQueryString(request.RedirectUri, new Dictionary<string, string?>
        {
            [answer.Name] = answer.Value,
            ["state"] = request.State,
            ["iss"] = realm.Issuer(state, context),
        }.Where(static pair => pair.Value is not null)));

    private static Task ShowAsync(HttpContext context, AuthorizationRequest request, string? problem)
    {
        static string Safe(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return context.Response.WriteAsync(
            $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
            <style>body{font:16px sans-serif;max-width:22em;margin:4em auto}input,button{display:block;width:100%;margin:.5em 0;padding:.5em}</style>
            <h1>Sign in</h1><p>{{Safe(request.Client.Id)}} asks for: {{Safe(string.Join(", ", request.Scopes ?? request.Client.Scopes))}}</p>
            <p role="alert">{{Safe(problem)}}</p>
            <form method="post"><label>Name <input name="username" value="{{Safe(request.LoginHint)}}" autocomplete="username" autofocus></label>
            <label>Password <input name="password" type="password" autocomplete="current-password"></label>
            <button>Allow</button><button name="deny" value="1">Deny</button></form></html>
            """,
            context.RequestAborted);
    }
}
