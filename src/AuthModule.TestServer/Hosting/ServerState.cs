using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Recording;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Hosting;

/// <summary>What the endpoints of one running server share.</summary>
internal sealed class ServerState : IDisposable
{
    private const int MaxWrongUserCodes = 20;

    private readonly Dictionary<string, ServerClient> clients;
    private readonly ConcurrentDictionary<string, SecondFactors> secondFactors = new(StringComparer.OrdinalIgnoreCase);

    public ServerState(EmbeddedServerOptions options, ServerCertificates certificates)
    {
        Options = options;
        Certificates = certificates;
        Keys = options.Keys ?? new IssuerKeys();
        Issuer = new AuthIssuer(options.Store, options.Clock, Keys)
        {
            TokenLifetime = options.TokenLifetime,
            RefreshLifetime = options.RefreshLifetime,
            TokenFormat = options.TokenFormat,
        };
        Users = new UserDirectory(options);
        Codes = new AuthorizationCodes(options.Clock);
        ApiKeys = new ApiKeys(options.Clock);
        Pairs = new TokenPairs(Issuer);
        ClientAuthentication = new ClientVerifier(this);
        Pushed = new PushedRequests(options.Clock);
        Pending = new PendingSignIns(options.Clock);
        WrongUserCodes = new WrongTries(options.Clock, MaxWrongUserCodes);
        Dpop = new DpopProofs(options);
        Browsers = new BrowserSessions(options.Clock);
        Dialogs = new DialogTable(options.Clock);
        clients = options.Clients.ToDictionary(static client => client.Id, StringComparer.Ordinal);
    }

    public EmbeddedServerOptions Options { get; }

    public ServerCertificates Certificates { get; }

    public IssuerKeys Keys { get; }

    public AuthIssuer Issuer { get; }

    public UserDirectory Users { get; }

    public ClientVerifier ClientAuthentication { get; }

    public AuthorizationCodes Codes { get; }

    public ApiKeys ApiKeys { get; }

    public TokenPairs Pairs { get; }

    /// <summary>Authorization requests that clients sent ahead.</summary>
    public PushedRequests Pushed { get; }

    /// <summary>Sign-ins that wait for a person elsewhere.</summary>
    public PendingSignIns Pending { get; }

    /// <summary>Codes of devices that people typed and no device has: for all people, as whoever guesses has many browsers.</summary>
    public WrongTries WrongUserCodes { get; }

    public DpopProofs Dpop { get; }

    public BrowserSessions Browsers { get; }

    public DialogTable Dialogs { get; }

    public Consents Consents { get; } = new();

    public Outbox Outbox { get; } = new();

    public RequestLog Log { get; } = new();

    /// <summary>Without a trailing slash; known once the server listens.</summary>
    public string Origin { get; set; } = string.Empty;

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    public ServerClient? FindClient(string id) => clients.GetValueOrDefault(id);

    public SecondFactors SecondFactorsOf(ServerUser user) =>
        secondFactors.GetOrAdd(user.Name, _ => new SecondFactors(Options.Clock, Outbox));

    public void Dispose()
    {
        if (Options.Keys is null)
        {
            Keys.Dispose();
        }
    }
}
