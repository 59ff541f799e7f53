using System;
using System.Linq;
using System.Threading;
using AuthModule;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;

// One process among many that share a store, for tests. Arguments: token endpoint, store, grant, "once" or "renew". The client
// secret, password or refresh token comes in WORKER_SECRET. Says "ready", waits for a line, then writes a line per token:
// "token <first characters>" or "error <id> <message>". "loaded" instead gets one twice, validates
// another one, and writes what is loaded then.
string endpoint = args[0], store = args[1], grant = args[2];
bool repeats = args[3] == "renew";
Secret secret = Secret.From(Environment.GetEnvironmentVariable("WORKER_SECRET")!);
var request = new TokenRequest
{
    Provider = "oauth2",
    TokenEndpoint = endpoint,
    ClientId = "fleet",
    Grant = grant,
    Store = store,
    Client = new ClientCredential { Secret = Secret.From("fleet-secret") },
    Input = grant switch
    {
        "password" => new GrantInput { UserName = "alice", Password = secret },
        "refresh_token" => new GrantInput { RefreshToken = secret },
        _ => new GrantInput(),
    },
};
AuthEngine engine = AuthEngine.Shared;
engine.SharedStores.Lease = TimeSpan.FromSeconds(2); // Short, as the ones who wait for a killed one are waited for.
var table = new SessionTable();
Console.WriteLine("ready");
if (Console.ReadLine() is null)
{
    return;
}

if (args[3] == "loaded")
{
    await engine.GetTokenAsync(table, engine.Open(table, request), TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
    await engine.GetTokenAsync(table, engine.Open(table, request), TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
    await SignedToken.ValidateAsync();
    Console.WriteLine(string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)));
    return;
}

TokenRequirement requirement = TokenRequirement.Default;
do
{
    try
    {
        AuthToken token = await engine.GetTokenAsync(table, engine.Open(table, request), requirement, NoLog.Instance, CancellationToken.None);
        Console.WriteLine("token " + token.ToPlainText()[..12]);
        requirement = TokenRequirement.Now;
    }
    catch (AuthException failure)
    {
        Console.WriteLine($"error {failure.Code} {failure.Message}");
        return;
    }
}
while (repeats);
