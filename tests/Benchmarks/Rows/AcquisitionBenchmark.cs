using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Benchmarks.Rows;

/// <summary>One acquisition by client credentials on a warm connection, beside the least that a program can do for the same.</summary>
internal sealed class AcquisitionBenchmark : IBenchmark
{
    private const string ClientId = "nightly";
    private const string ClientSecret = "a-secret-of-usual-length-0123456789";
    private const string Scope = "orders.read";
    private const string Form = $"grant_type=client_credentials&scope={Scope}&client_id={ClientId}&client_secret={ClientSecret}";

    public string Name => "acquisition";

    public string Summary => "one acquisition in the engine beside a bare HttpClient post";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        Comparison times = await MeasureAsync((measured, floor) => new Pair(measured, floor) { Rounds = 41 });
        const string What = "one acquisition, warm, in the engine";
        const string Against = "a bare HttpClient post of the same form and JSON read";
        double share = times.MeasuredBytes!.Value / times.FloorBytes!.Value;
        return
        [
            Row.AtMost(What, Against, times, 1.1),
            new Row(What + ": its allocations", Against, Format.Text($"{share:0.00}"), "less than 2.0", share < 2, $"{Format.Bytes(times.MeasuredBytes.Value)} to {Format.Bytes(times.FloorBytes.Value)}"),
        ];
    }

    /// <summary>A short run for tests differs in <paramref name="pair"/> only.</summary>
    public static async Task<Comparison> MeasureAsync(Func<Func<int, Task>, Func<int, Task>, Pair> pair)
    {
        using var server = new LeanTokenServer(Form);
        var engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), new BareEnvironment());
        var table = new SessionTable();
        AuthSession session = engine.Open(table, Request(server.Endpoint));
        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        var endpoint = new Uri(server.Endpoint);
        int sent = 0;
        Comparison times = await pair(
            async count =>
            {
                for (int i = 0; i < count; i++, sent++)
                {
                    AuthToken token = await engine.GetTokenAsync(table, session, TokenRequirement.Now, NoLog.Instance, CancellationToken.None);
                    if (i == count - 1)
                    {
                        WrongResultException.Require(token.ToPlainText() == LeanTokenServer.TokenOf(server.Requests), "the engine's token is not the one of the last reply");
                    }
                }
            },
            async count =>
            {
                for (int i = 0; i < count; i++, sent++)
                {
                    (string token, int expiresIn) = await PostAsync(http, endpoint);
                    if (i == count - 1)
                    {
                        WrongResultException.Require(token == LeanTokenServer.TokenOf(server.Requests) && expiresIn == 3600, "the floor's token is not the one of the last reply");
                    }
                }
            }).RunAsync();
        WrongResultException.Require(server.Requests == sent, $"{sent} acquisitions sent {server.Requests} requests");
        WrongResultException.Require(server.WrongRequests == 0, $"{server.WrongRequests} requests were not the same form");
        return times;
    }

    private static async Task<(string Token, int ExpiresIn)> PostAsync(HttpClient http, Uri endpoint)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("scope", Scope), new("client_id", ClientId), new("client_secret", ClientSecret),
        ]);
        using HttpResponseMessage response = await http.PostAsync(endpoint, form);
        using JsonDocument json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (json.RootElement.GetProperty("access_token").GetString()!, json.RootElement.GetProperty("expires_in").GetInt32());
    }

    private static TokenRequest Request(string endpoint) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = endpoint,
        ClientId = ClientId,
        Client = new ClientCredential { Secret = Secret.From(ClientSecret), Method = "Post" },
        Scopes = [Scope],
    };
}
