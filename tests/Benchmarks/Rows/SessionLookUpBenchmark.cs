using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Finding the session of a call among many: by the credential that it brings, and by the service that it names.</summary>
internal sealed class SessionLookUpBenchmark : IBenchmark
{
    // What does not fit into the processor's caches takes longer to reach, whatever finds it.
    private const double MaxGrowth = 1.5;

    public string Name => "sessions";

    public string Summary => "looking up one of 1, 1,000 and 100,000 sessions";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var rows = new List<Row>();
        Crowd one = await Crowd.OfAsync(1);
        foreach (int many in (int[])[1_000, 100_000])
        {
            Crowd crowd = await Crowd.OfAsync(many);
            foreach ((string by, Func<int, TokenRequest> request) in ((string, Func<int, TokenRequest>)[])[("credential", Crowd.WithCredential), ("service", Crowd.WithoutCredential)])
            {
                Comparison times = await Pair.Of(crowd.LookUps(request), one.LookUps(request)).RunAsync();
                rows.Add(Row.AtMost(Format.Text($"one of {many:N0} sessions, by its {by}"), "the only session", times, MaxGrowth));
            }
        }

        return rows;
    }

    /// <summary>Sessions of one table, each at a service of its own.</summary>
    internal sealed class Crowd
    {
        private readonly AuthSession[] sessions;
        private readonly int step;

        private Crowd(int count)
        {
            sessions = new AuthSession[count];

            // A stride that meets each of them: neighbours in memory would come for free.
            step = count == 1 ? 0 : 7919;
        }

        public AuthEngine Engine { get; } = new(TimeProvider.System, new NoNetwork(), new BareEnvironment());

        public SessionTable Table { get; } = new();

        public static async Task<Crowd> OfAsync(int count)
        {
            var crowd = new Crowd(count);
            for (int i = 0; i < count; i++)
            {
                AuthSession session = crowd.Engine.Open(crowd.Table, WithCredential(i));
                await crowd.Engine.GetTokenAsync(crowd.Table, session, TokenRequirement.Default, NoLog.Instance, CancellationToken.None);
                crowd.sessions[i] = session;
            }

            return crowd;
        }

        public AuthSession Session(int i) => sessions[i];

        public Action<int> LookUps(Func<int, TokenRequest> requestOf)
        {
            // Of a few hundred, made before: what is timed is the look-up.
            var requests = new (TokenRequest Request, AuthSession Session)[Math.Min(sessions.Length, 256)];
            for (int i = 0; i < requests.Length; i++)
            {
                int which = (int)((long)i * step % sessions.Length);
                requests[i] = (requestOf(which), sessions[which]);
            }

            int next = 0;
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    (TokenRequest request, AuthSession session) = requests[next];
                    WrongResultException.Require(ReferenceEquals(Engine.Open(Table, request), session), "the look-up found another session");
                    next = next + 1 == requests.Length ? 0 : next + 1;
                }
            };
        }

        public static TokenRequest WithCredential(int i) => WithoutCredential(i) with
        {
            Client = new ClientCredential { Secret = Secret.From("a-secret-of-usual-length-0123456789") },
        };

        public static TokenRequest WithoutCredential(int i) => new()
        {
            Provider = "oauth2",
            TokenEndpoint = string.Create(CultureInfo.InvariantCulture, $"https://id{i:000000}.contoso.com/token"),
            ClientId = "nightly",
        };
    }

    /// <summary>Answers token requests itself.</summary>
    private sealed class NoNetwork : IHttpSender
    {
        private static readonly byte[] Reply = """{"access_token":"0123456789abcdef0123456789abcdef","expires_in":86400}"""u8.ToArray();

        public Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) => Task.FromResult(new WireReply
        {
            Request = request,
            Status = 200,
            Body = Reply,
            MediaType = "application/json",
            Headers = new Dictionary<string, string>(),
            SentAt = TimeProvider.System.GetTimestamp(),
        });

        public Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Tokens are not asked for this way.");
    }
}
