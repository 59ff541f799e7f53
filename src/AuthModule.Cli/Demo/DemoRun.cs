using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Cli.Demo;

/// <summary>A run of the demo: its server, an engine that nothing else uses, and what was expected and seen.</summary>
internal sealed class DemoRun(EmbeddedServer server, EmbeddedServerOptions settings, DemoPrinter printer, ICallLog log)
{
    private int shown;
    private int steps;

    public EmbeddedServer Server { get; } = server;

    /// <summary>Its environment is empty: the user's own settings are for other services.</summary>
    public AuthEngine Engine { get; } = new(TimeProvider.System, new HttpSender(TimeProvider.System), new NoEnvironment());

    public SessionTable Table { get; } = new();

    public ICallLog Log { get; } = log;

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public ServerClient Client(string id) => settings.Clients.Single(client => client.Id == id);

    public ServerUser User(string name) => settings.Users.Single(user => user.Name == name);

    /// <summary>Does something, then shows which requests the server got by it.</summary>
    /// <returns>How many.</returns>
    public async Task<int> StepAsync(string title, string command, Func<Task> action)
    {
        printer.Step(++steps, title, command);
        await action();
        return ShowRequests();
    }

    public void Expect(bool isSo, string text)
    {
        printer.Check(isSo, text);
        Passed += isSo ? 1 : 0;
        Failed += isSo ? 0 : 1;
    }

    public void Say(string text) => printer.Text(text);

    public TokenRequest RequestOf(string client, params string[] scopes) => new()
    {
        Authority = Server.Issuer,
        Provider = RequestDefaults.DefaultProvider,
        ClientId = client,
        Client = new ClientCredential { Secret = Client(client).Secret },
        Scopes = scopes,
    };

    public async Task<AuthToken> GetAsync(TokenRequest request, CancellationToken cancellationToken) =>
        await Engine.GetTokenAsync(Table, Engine.Open(Table, request), TokenRequirement.Default, Log, cancellationToken);

    private int ShowRequests()
    {
        IReadOnlyList<ServedRequest> all = Server.Requests;
        int count = all.Count - shown;
        foreach (ServedRequest request in all.Skip(shown))
        {
            printer.Request(request);
        }

        shown = all.Count;
        return count;
    }

    private sealed class NoEnvironment : IEnvironment
    {
        public string? Get(string name) => null;
    }
}
