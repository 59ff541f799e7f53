using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Processes;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Many callers who need the same token at the same moment, and a server that counts.</summary>
internal sealed class ColdCallersBenchmark : IBenchmark
{
    private static readonly int[] Callers = [1, 10, 100, 1000];

    public string Name => "callers";

    public string Summary => "requests at the server for 1 to 1,000 callers who come at once";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var rows = new List<Row>();
        foreach (int callers in Callers)
        {
            long requests = await CountAsync(callers);
            rows.Add(new Row(Format.Text($"{callers:N0} cold callers"), "requests at the server", Format.Text($"{requests}"), "1", requests == 1));
        }

        return rows;
    }

    /// <summary>Each caller has a session table of its own, as callers in different runspaces have.</summary>
    public static async Task<long> CountAsync(int callers)
    {
        await using TokenServer server = await TokenServer.StartAsync();
        var engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), new BareEnvironment());
        var request = new TokenRequest
        {
            Provider = "oauth2",
            TokenEndpoint = server.TokenEndpoint,
            ClientId = "fleet",
            Client = new ClientCredential { Secret = Secret.From("fleet-secret") },
        };
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string>[] waiting = [.. Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            await start.Task;
            var table = new SessionTable();
            AuthToken token = await engine.GetTokenAsync(table, engine.Open(table, request), TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
            return token.ToPlainText();
        }))];
        start.SetResult();
        string[] tokens = await Task.WhenAll(waiting);
        WrongResultException.Require(tokens.Distinct().Count() == 1, "the callers have different tokens");
        return server.Requests;
    }
}
