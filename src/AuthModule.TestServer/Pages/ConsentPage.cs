using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Pages;

/// <summary>Shows what a client asks for, and asks the person.</summary>
internal static class ConsentPage
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Page Of(Dialog dialog, ServerUser user)
    {
        AccessRequest requested = dialog.Requested;
        return new Page("Allow access", Html.Of(
            $"""
            <main data-page="consent">
            {(dialog.UserCode is null ? Mark.Key : Mark.Device)}
            <h1>Allow {dialog.Client!.Id} to do this?</h1>
            <p class="soft">{dialog.Purpose}</p>
            {Compare(dialog)}
            <ul class="wishes" aria-label="What {dialog.Client.Id} asks for">
            {requested.ScopesFor(dialog.Client, user).Select(scope => Item(ScopeText.Of(scope), scope))}
            {requested.Resources.Select(resource => Item("Use this API", resource))}
            {requested.Details.Items.Select(Detail)}
            </ul>
            <form method="post" action="{Dialog.Path}?id={dialog.Id}">
            {dialog.Hidden}
            <div class="buttons"><button class="main" name="answer" value="allow">Allow</button><button name="answer" value="deny">Deny</button></div>
            <p class="next">You are signed in as <strong>{user.Name}</strong>. <button class="link" name="answer" value="switch">Not you?</button> {dialog.Note}</p>
            </form>
            </main>
            """))
        {
            FormTarget = dialog.FormTarget,
        };
    }

    private static Html Compare(Dialog dialog) =>
        dialog.UserCode is { } code ? Html.Of($"<code class=\"usercode\" aria-label=\"The code\">{code}</code><p class=\"soft\">Allow it only if your device shows this code, and you started it yourself.</p>")
        : dialog.BindingMessage is { } message ? Html.Of($"<code class=\"usercode\" aria-label=\"The message\">{message}</code><p class=\"soft\">Allow it only if the other side shows the same.</p>")
        : Html.Empty;

    private static Html Item(string text, string name) => Html.Of($"<li>{Mark.Check}<div>{text}<br><code>{name}</code></div></li>");

    private static Html Detail(JsonElement detail) => Html.Of(
        $"<li>{Mark.Check}<div>In detail: {AuthorizationDetails.TypeOf(detail)}<details><summary class=\"soft\">All of it</summary><pre>{JsonSerializer.Serialize(detail, Readable)}</pre></details></div></li>");
}

/// <summary>Scopes in words.</summary>
internal static class ScopeText
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["openid"] = "Know who you are",
        ["profile"] = "See your name and groups",
        ["email"] = "See your email address",
        ["orders.read"] = "See orders",
        ["orders.write"] = "Change orders",
        ["read"] = "Read your data",
        ["write"] = "Change your data",
        ["offline_access"] = "Stay signed in while you are away",
    };

    public static string Of(string scope) => Known.GetValueOrDefault(scope) ?? "Use what this scope stands for";
}
