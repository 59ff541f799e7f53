using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
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

namespace AuthModule.Benchmarks.Rows;

/// <summary>
/// A token that another process has put into the Redis store, taken from there by a session that has none yet; beside one
/// <c>GET</c> of the same bytes over a bare socket.
/// </summary>
internal sealed class RedisBenchmark : IBenchmark
{
    public string Name => "redis";

    public string Summary => "a token from the Redis store beside one GET over a bare socket";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        string program = RedisServer.Program ?? throw new MissingProgramException("there is no redis-server on this machine (Debian package redis-server)");
        await using RedisServer redis = await RedisServer.LaunchAsync(program);
        Comparison times = await MeasureAsync(redis, (measured, floor) => new Pair(measured, floor) { Rounds = 41 });
        return [Row.AtMost("a token from the Redis store", "one GET of the same bytes over a bare socket", times, 1.2)];
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
        using var socket = await ConnectAsync(redis.Port);
        byte[] get = Encoding.ASCII.GetBytes($"*2\r\n$3\r\nGET\r\n${entry.Length}\r\n{entry}\r\n");
        byte[] answer = new byte[sealedToken.Length + 32];
        byte[] buffer = new byte[answer.Length];
        int answerLength = await AskAsync(socket, get, answer, answer.Length);
        WrongResultException.Require(answer.AsSpan(0, answerLength).IndexOf(sealedToken) > 0, "the bare GET did not answer with the sealed token");
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
                    int length = await AskAsync(socket, get, buffer, answerLength);
                    WrongResultException.Require(buffer.AsSpan(0, length).SequenceEqual(answer.AsSpan(0, answerLength)), "the bare GET answered something else");
                }
            }).RunAsync();
        WrongResultException.Require(server.Requests == 1, $"the service was asked {server.Requests} times although the token was in the store");
        return times;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    /// <summary>Until the whole answer is there: <paramref name="expected"/> bytes, or what comes at once where that is not known yet.</summary>
    private static async ValueTask<int> AskAsync(Socket socket, byte[] command, byte[] answer, int expected)
    {
        await socket.SendAsync(command.AsMemory(), SocketFlags.None);
        int filled = 0;
        do
        {
            filled += await socket.ReceiveAsync(answer.AsMemory(filled), SocketFlags.None);
        }
        while (filled < expected && expected < answer.Length);
        return filled;
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
