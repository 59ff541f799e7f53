using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using Microsoft.Identity.Client;

namespace AuthModule.Benchmarks.Rows;

/// <summary>A token that is there already, beside MSAL's from its cache.</summary>
internal sealed class CachedTokenBenchmark : IBenchmark
{
    private static readonly string[] Scopes = ["https://api.example.com/.default"];
    private static readonly TokenRequest CurrentSession = new();

    public string Name => "cached";

    public string Summary => "a cached token in the engine beside MSAL's AcquireTokenForClient from its cache";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), new BareEnvironment());
        var table = new SessionTable();
        using var server = new LeanTokenServer("grant_type=client_credentials&client_id=nightly&client_secret=secret");
        AuthToken first = await engine.GetTokenAsync(table, engine.Open(table, Request(server.Endpoint)), TokenRequirement.Default, NoLog.Instance, CancellationToken.None);

        var factory = new MsalTokenReplies();
        IConfidentialClientApplication msal = ConfidentialClientApplicationBuilder.Create("nightly")
            .WithClientSecret("secret")
            .WithAuthority("https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001", validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(factory)
            .Build();
        AuthenticationResult acquired = await msal.AcquireTokenForClient(Scopes).ExecuteAsync();

        Comparison times = await new Pair(
            count =>
            {
                for (int i = 0; i < count; i++)
                {
                    AuthSession session = engine.Open(table, CurrentSession);
                    ValueTask<AuthToken> token = engine.GetTokenAsync(table, session, TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
                    WrongResultException.Require(token.IsCompletedSuccessfully && ReferenceEquals(token.Result, first), "the engine's cache did not serve the token");
                }

                return Task.CompletedTask;
            },
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    AuthenticationResult result = await msal.AcquireTokenForClient(Scopes).ExecuteAsync();
                    WrongResultException.Require(result.AccessToken == acquired.AccessToken && result.AuthenticationResultMetadata.TokenSource == TokenSource.Cache, "MSAL's cache did not serve the token");
                }
            }).RunAsync();
        WrongResultException.Require(server.Requests == 1, $"the engine sent {server.Requests} requests for one token");
        WrongResultException.Require(factory.Requests == 1, $"MSAL sent {factory.Requests} requests for one token");

        const string What = "cached token in the engine";
        const string Against = "MSAL AcquireTokenForClient from its cache";
        double bytes = times.MeasuredBytes!.Value;
        return
        [
            Row.Faster(What, Against, times, 10),
            new Row(What + ": its allocations", "nothing", Format.Bytes(bytes), "0 B", bytes < 0.5, $"MSAL {Format.Bytes(times.FloorBytes!.Value)}"),
        ];
    }

    private static TokenRequest Request(string endpoint) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = endpoint,
        ClientId = "nightly",
        Client = new ClientCredential { Secret = Secret.From("secret"), Method = "Post" },
    };
}
