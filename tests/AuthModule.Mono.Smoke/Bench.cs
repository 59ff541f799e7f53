using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;

namespace AuthModule.Mono.Smoke;

/// <summary>An engine of its own, with variables that only it sees.</summary>
internal sealed class Bench : IEnvironment
{
    private readonly SessionTable table = new();
    private readonly AuthEngine engine;

    public Bench() => engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), this);

    public Dictionary<string, string> Variables { get; } = [];

    public string? Get(string name) => Variables.TryGetValue(name, out string? value) ? value : null;

    public async Task<string> TokenAsync(TokenRequest request, bool anew = false) =>
        (await engine.GetTokenAsync(table, engine.Open(table, request), anew ? TokenRequirement.Now : TokenRequirement.Default, NoLog.Instance, CancellationToken.None).ConfigureAwait(false)).ToPlainText();

    public static TokenRequest Client(string address, string? store = null) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = address + "/token",
        ClientId = "nightly",
        Grant = "client_credentials",
        Store = store,
        Client = new ClientCredential { Secret = Secret.From("smoke-secret") },
    };
}
