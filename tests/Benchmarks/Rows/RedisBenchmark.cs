using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TestKit.Servers;
using StackExchange.Redis;

namespace AuthModule.Benchmarks.Rows;

/// <summary>
/// A token that another process has put into the Redis store, taken from there by a session that has none yet; beside a
/// <c>StringGet</c> of the same bytes by the same library.
/// </summary>
internal sealed class RedisBenchmark : IBenchmark
{
    public string Name => "redis";

    public string Summary => "a token from the Redis store beside a StringGet of the same library";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        string program = RedisServer.Program ?? throw new MissingProgramException("there is no redis-server on this machine (Debian package redis-server)");
        await using RedisServer redis = await RedisServer.LaunchAsync(program);
        Comparison times = await MeasureAsync(redis, (measured, floor) => new Pair(measured, floor) { Rounds = 41 });
        return [Row.AtMost("a token from the Redis store", "a StringGet of the same bytes by the same library", times, 1.2)];
    }

    public static async Task<Comparison> MeasureAsync(RedisServer redis, Func<Func<int, Task>, Func<int, Task>, Pair> pair)
    {
        using var server = new LeanTokenServer("grant_type=client_credentials&client_id=nightly&client_secret=secret");
        var environment = new BareEnvironment(("AUTHMODULE_STORE_KEY", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        var engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), environment);
        var request = new TokenRequest
        {
            Provider = "oauth2",
            TokenEndpoint = server.Endpoint,
            ClientId = "nightly",
            Client = new ClientCredential { Secret = Secret.From("secret"), Method = "Post" },
            Store = redis.Address,
        };
        var firstTable = new SessionTable();
        AuthSession first = engine.Open(firstTable, request);
        await engine.GetTokenAsync(firstTable, first, TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
        (string entry, byte[] sealedToken) = await FindEntryAsync(redis);

        // A session that was opened and never had a token: what a process does that finds another's.
        using ConnectionMultiplexer library = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},protocol=resp2,setlib=0");
        IDatabase database = library.GetDatabase();
        byte[]? known = await database.StringGetAsync(entry);
        WrongResultException.Require(sealedToken.AsSpan().SequenceEqual(known), "StringGet did not answer with the sealed token");
        Comparison times = await pair(
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    var session = new AuthSession(first.Request, first.Service, first.GrantUsed, first.SessionStore, first.Key, first.TokenProvider);
                    AuthToken token = await engine.GetTokenAsync(session, TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
                    WrongResultException.Require(!ReferenceEquals(token, first.Token) && token.Tokens.AccessToken.Length == first.Token!.Tokens.AccessToken.Length, "the store's token is not the one that was put there");
                }
            },
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    byte[]? value = await database.StringGetAsync(entry);
                    WrongResultException.Require(sealedToken.AsSpan().SequenceEqual(value), "StringGet answered something else");
                }
            }).RunAsync();
        WrongResultException.Require(server.Requests == 1, $"the service was asked {server.Requests} times although the token was in the store");
        return times;
    }

    // The entry of the session is the only one beside the store's own first entry, and the longer of the two.
    private static async Task<(string Name, byte[] Value)> FindEntryAsync(RedisServer redis)
    {
        (string Name, byte[] Value) longest = (string.Empty, []);
        foreach (string line in (await redis.AskAsync("KEYS", "*")).Split("\r\n"))
        {
            if (line.Length > 0 && line[0] is not ('*' or '$' or '+' or '-' or ':'))
            {
                string reply = await redis.AskAsync("GET", line);
                int start = reply.IndexOf('\n', StringComparison.Ordinal) + 1;
                if (reply[0] == '$' && int.Parse(reply.AsSpan(1, start - 3), System.Globalization.CultureInfo.InvariantCulture) is var length && length > longest.Value.Length)
                {
                    longest = (line, Encoding.Latin1.GetBytes(reply.Substring(start, length)));
                }
            }
        }

        WrongResultException.Require(longest.Value.Length > 0, "the store has no entry in Redis");
        return longest;
    }
}
