using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Pages;

/// <summary>What the server offers, how to try it, and what it was asked. Names only: passwords and secrets are in the line that it printed.</summary>
internal static class HomePage
{
    public const int MaxRequests = 50;

    public static Page Of(ServerState state) => new("Authorization server", Html.Of(
        $"""
        <header>
        {Mark.Key}
        <div><h1>Authorization server</h1><p class="soft"><code>{state.Origin}</code> &middot; for trying out and for tests; keys, people and tokens end with it</p></div>
        </header>
        <main data-page="home">
        <section class="all"><h2>PowerShell</h2>{HomeCommands.PowerShell(state).Select(static (command, index) => Command("ps", index, command))}</section>
        <section class="all"><h2>Shell</h2>{HomeCommands.Shell(state).Select(static (command, index) => Command("sh", index, command))}</section>
        <section class="all"><span class="live" data-live="no" role="status">loaded once</span><h2>Recent requests</h2>
        <div class="scroll"><table id="requests" data-source="{RequestsEndpoint.Path}"><thead><tr><th>Time</th><th>Method</th><th>Path</th><th>Sent (secrets masked)</th><th>Answer</th></tr></thead>
        <tbody data-most="{MaxRequests.ToString(CultureInfo.InvariantCulture)}">{Requests(state)}</tbody></table></div>
        {(state.Log.CountOf("/token") == 0 ? Html.Of($"<p class=\"empty\">Get a token, and it appears here.</p>") : Html.Empty)}</section>
        <section><h2>Endpoints</h2><div class="scroll"><table><tbody>{HomeEndpoints.All.Select(static endpoint => Row(endpoint))}</tbody></table></div></section>
        <section><h2>Clients</h2><div class="scroll"><table><thead><tr><th>Id</th><th>Proves itself by</th><th>May use</th></tr></thead><tbody>{state.Options.Clients.Select(Row)}</tbody></table></div>
        <h2 class="next">People</h2><div class="scroll"><table><thead><tr><th>Name</th><th>Groups</th></tr></thead><tbody>{state.Options.Users.Select(Row)}</tbody></table></div>
        <p class="soft">Passwords and secrets are in the line that the server printed when it started: <code>clients</code> and <code>users</code>.</p></section>
        </main>
        """))
    {
        IsWide = true,
        Script = HomeScript.Text,
    };

    private static IEnumerable<Html> Requests(ServerState state) =>
        state.Log.Snapshot().Where(static served => served.Status != 0 && served.Path != RequestsEndpoint.Path).TakeLast(MaxRequests).Reverse().Select(static served =>
        {
            var view = RequestView.Of(served);
            return Html.Of($"""<tr><td class="time">{view.Time}</td><td>{view.Method}</td><td class="path"><code>{view.Path}</code></td><td class="fields">{view.Fields}</td><td><span class="{(view.Status < 400 ? "status" : "status bad")}">{view.Status.ToString(CultureInfo.InvariantCulture)}</span></td></tr>""");
        });

    private static Html Command(string prefix, int index, (string Title, string Text) command)
    {
        string id = prefix + index.ToString(CultureInfo.InvariantCulture);
        return Html.Of($"""<div class="command"><div><h3>{command.Title}</h3><button type="button" data-copy="{id}" aria-label="Copy: {command.Title}" hidden>Copy</button></div><pre id="{id}" tabindex="0">{command.Text}</pre></div>""");
    }

    private static Html Row((string Path, string What, bool IsPage) endpoint) =>
        Html.Of($"<tr><td>{(endpoint.IsPage ? Html.Of($"<a href=\"{endpoint.Path}\"><code>{endpoint.Path}</code></a>") : Html.Of($"<code>{endpoint.Path}</code>"))}</td><td class=\"soft\">{endpoint.What}</td></tr>");

    private static Html Row(ServerClient client) =>
        Html.Of($"<tr><td><code>{client.Id}</code></td><td>{(client.IsPublic ? "nothing (public)" : client.Keys.Count > 0 ? "key" : client.CertificateSubject is not null ? "certificate" : "secret")}</td><td class=\"soft\">{string.Join(", ", client.Grants.Select(static grant => grant.Split(':')[^1]))}</td></tr>");

    private static Html Row(ServerUser user) =>
        Html.Of($"<tr><td><code>{user.Name}</code></td><td class=\"soft\">{string.Join(", ", user.Groups)}</td></tr>");
}
