using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.TestKit.Certificates;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Faults;

/// <summary>One cell of the matrix: a server of its own, an engine of its own, and a clock on which time-outs come when called.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    private readonly HttpSender sender;
    private readonly RenamingSender renaming;

    public FaultBench(bool usesTls)
    {
        Server = new FaultServer(usesTls);
        sender = new HttpSender(Clock);
        renaming = new RenamingSender(sender);
        Host = new EngineHost(Clock, sender: renaming);
        Transport = TransportSettings.Default with
        {
            CaCertificate = usesTls ? FaultyCertificates.AuthorityFile : null,
            AllowInsecureHttp = !usesTls,
        };
    }

    public HurriedClock Clock { get; } = new();

    public FaultServer Server { get; }

    public EngineHost Host { get; }

    public TransportSettings Transport { get; }

    public AuthSession Session => Host.Table.Current!;

    public TokenRequest Request => new() { Authority = Server.Origin, ClientId = "c1", Transport = Transport };

    public TokenRequest Confidential => Request with { Client = new ClientCredential { Secret = Secret.From(HealthyService.Canary + "-secret") } };

    public TokenRequest JsonService => Request with
    {
        Provider = "pynomaly",
        ClientId = null,
        Grant = "password",
        Input = new GrantInput { UserName = "ann", Password = Secret.From(HealthyService.Canary + "-password") },
    };

    public Service Resolve() => Host.Engine.Resolve(Confidential).Service;

    public async Task BreakAsync(Fault fault)
    {
        renaming.IsAway = fault.IsUnresolvable;
        await Server.BreakAsync(fault);
    }

    public void Mend()
    {
        renaming.IsAway = false;
        Server.Mend();
    }

    /// <summary>Waits for what only a time-out ends, and lets it come.</summary>
    public async Task WaitAsync(Task operation, Fault? fault)
    {
        Task stuck = Server.Stuck.WaitAsync();
        while (!operation.IsCompleted && fault?.Hangs == true)
        {
            Task next = fault.FillsBacklog ? Task.Delay(10) : stuck;
            if (await Task.WhenAny(operation, next) != operation && Clock.PendingTimers > 0)
            {
                Clock.Advance(fault.Step ?? Transport.Timeout + TimeSpan.FromSeconds(1));
                stuck = stuck.IsCompleted ? Server.Stuck.WaitAsync() : stuck;
            }
        }

        await operation;
    }

    /// <summary>As at the removal of the module. Then no client of this engine holds a connection.</summary>
    public void Release()
    {
        sender.Release();
        Host.Engine.Release();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>The one door, with a name service that fails on demand.</summary>
    private sealed class RenamingSender(IHttpSender inner) : IHttpSender
    {
        public bool IsAway { get; set; }

        public Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
            inner.SendAsync(IsAway ? Renamed(request) : request, transport, log, cancellationToken);

        public Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
            inner.OpenAsync(IsAway ? Renamed(request) : request, body, transport, log, cancellationToken);

        private static WireRequest Renamed(WireRequest request)
        {
            var renamed = new WireRequest(request.Operation, request.Service, request.Method, new UriBuilder(request.Url) { Host = "faults.invalid" }.Uri, request.Scrubber)
            {
                Repeatable = request.Repeatable,
                ReplyLimit = request.ReplyLimit,
                Timeout = request.Timeout,
            };
            renamed.Headers.AddRange(request.Headers);
            if (request.Body is { } body)
            {
                renamed.SetBody(request.ContentType!, body);
            }

            return renamed;
        }
    }
}
