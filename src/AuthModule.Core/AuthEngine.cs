using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Accounts;
using AuthModule.Accounts.ApiKeys;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Http;
using AuthModule.Interaction;
using AuthModule.Issuing;
using AuthModule.Jose.Dpop;
using AuthModule.Operations;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Platform;
using AuthModule.Guide;
using AuthModule.Profiles;
using AuthModule.Profiles.Editing;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Rest;
using AuthModule.Secrets;
using AuthModule.ServiceChecks;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TokenTesting;

namespace AuthModule;

/// <summary>
/// The engine as cmdlets, the command line and tests see it. One for the process, so that all callers share connections,
/// metadata, keys and requests under way; what belongs to one runspace is in its <see cref="SessionTable"/>.
/// </summary>
internal sealed partial class AuthEngine : IGuidedEngine, ITestingEngine
{
    private readonly IEnvironment environment;
    private readonly AuditLog audit;
    private readonly SessionTokenProvider renewer;
    private readonly SessionRevoker revoker;
    private readonly ProcessSessionStore memory = new();

    public AuthEngine(TimeProvider clock, IHttpSender sender, IEnvironment environment, IBrowser? browser = null, ProviderCatalog? providers = null)
    {
        Providers = providers ?? new ProviderCatalog();
        this.environment = environment;
        Clock = clock;
        Sender = sender;
        Metadata = new MetadataSource(sender, clock);
        Endpoints = new EndpointResolver(Metadata);
        Profiles = new ProfileCatalog(environment);
        ProfileEditor = new ProfileEditor(environment);
        Secrets = new ReferencedSecrets(environment, clock);
        Runner = new OperationRunner(sender, Endpoints, new ClientAuthenticator(Endpoints, sender, environment, clock), new ClientRateLimiter(clock), clock);
        Tester = new TokenTester(this);
        SharedStores = new SessionStores(clock, environment, new StorePasswords(this).GetAsync);
        Tools = new GrantTools
        {
            Endpoints = Endpoints,
            Authorization = new AuthorizationRequestBuilder(Runner, Endpoints, clock),
            IdTokens = new IdTokenVerifier(Tester, Endpoints, clock),
            SignedAnswers = new SignedAnswerReader(Tester, Endpoints, clock),
            Browser = browser ?? new SystemBrowser(environment),
        };
        Introspection = new IntrospectionRequest(Runner, Endpoints, new SignedIntrospection(Tester, clock));
        Logout = new SessionLogout(Endpoints, Tools.Browser, clock);
        audit = new AuditLog(environment, clock);
        renewer = new SessionTokenProvider(Runner, Tools, Secrets, audit, clock);
        revoker = new SessionRevoker(Runner, Endpoints, Tools, Secrets, clock);
        Rest = new RestCaller(sender, GetTokenAsync, Runner.Nonces, clock, StepUpAsync);
        var operations = new SessionOperation(Runner, renewer, Secrets, audit);
        ApiKeys = new ApiKeyService(operations);
        Mfa = new MfaService(operations);
    }

    public static AuthEngine Shared { get; } = new(TimeProvider.System, new HttpSender(TimeProvider.System), ProcessEnvironment.Instance);

    public TimeProvider Clock { get; }

    public IHttpSender Sender { get; }

    public ProviderCatalog Providers { get; }

    /// <summary>The user's profiles.</summary>
    public ProfileCatalog Profiles { get; }

    /// <summary>Writes them.</summary>
    public ProfileEditor ProfileEditor { get; }

    /// <summary>What profiles refer to.</summary>
    public ReferencedSecrets Secrets { get; }

    public MetadataSource Metadata { get; }

    public EndpointResolver Endpoints { get; }

    public OperationRunner Runner { get; }

    public TokenTester Tester { get; }

    /// <summary>Stores that outlive the process; none is opened before it is named.</summary>
    public SessionStores SharedStores { get; }

    public GrantTools Tools { get; }

    public IntrospectionRequest Introspection { get; }

    public SessionLogout Logout { get; }

    /// <summary>Calls to APIs with a session's credential.</summary>
    public RestCaller Rest { get; }

    public ApiKeyService ApiKeys { get; }

    public MfaService Mfa { get; }

    /// <summary>The first half of a code flow that somebody else's browser does; the request is pushed where the service offers that (RFC 9126).</summary>
    /// <exception cref="ConfigurationException">MissingParameter: <c>-RedirectUri</c> or what names the service.</exception>
    public async Task<AuthorizationRequest> CreateAuthorizationRequestAsync(TokenRequest request, ICallLog log, CancellationToken cancellationToken)
    {
        (TokenRequest filled, Service service) = Resolve(request);
        Fapi2.Require(filled, service, GrantNames.AuthorizationCode);
        filled = filled with { References = [.. System.Linq.Enumerable.Where(filled.References, secret => secret.IsOfClient)] };
        filled = await Secrets.ReadAsync(filled, log, cancellationToken).ConfigureAwait(false);
        string redirectUri = filled.Input.RedirectUri ?? service.Description.RedirectUri
            ?? throw AuthError.Missing("-RedirectUri", "where the browser is sent after the sign-in, as it is registered for the client");
        DpopKey? proofKey = filled.UseDpop ? DpopKey.Create() : null;
        return await Tools.Authorization.BuildAsync(filled, service.With(filled), redirectUri, proofKey, log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a call means with everything filled in, and the service that it names. Sends nothing.</summary>
    public (TokenRequest Request, Service Service) Resolve(TokenRequest request)
    {
        TokenRequest asked = request;
        if (RequestDefaults.ProfileOf(request, environment) is { } profile)
        {
            request = ProfileRequest.Fill(request, AsNamed(Profiles.Get(profile), request));
        }

        ProviderDescription description = Providers.Get(RequestDefaults.ProviderOf(request, environment)).Description;
        TokenRequest filled = Fapi2.Apply(RequestDefaults.Fill(ProfileRequest.Fit(request, asked, description), description, environment));
        return (filled, ServiceResolver.Resolve(filled, description, environment));
    }

    /// <summary>A token with enough life left; the session becomes the table's current one.</summary>
    public ValueTask<AuthToken> GetTokenAsync(SessionTable table, AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken)
    {
        ValueTask<AuthToken> token = renewer.GetAsync(session, requirement, log, cancellationToken);
        if (token.IsCompletedSuccessfully)
        {
            table.SetCurrent(session);
            return token;
        }

        return AwaitAsync(token, table, session);

        static async ValueTask<AuthToken> AwaitAsync(ValueTask<AuthToken> pending, SessionTable table, AuthSession session)
        {
            AuthToken got = await pending.ConfigureAwait(false);
            table.SetCurrent(session);
            return got;
        }
    }

    /// <summary>The same without the network: the token that is kept, if enough of its life is left.</summary>
    /// <exception cref="ConfigurationException">NoSession: there is none.</exception>
    public async Task<AuthToken> FindTokenAsync(SessionTable table, AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken)
    {
        AuthToken found = await renewer.FindAsync(session, requirement, log, cancellationToken).ConfigureAwait(false);
        table.SetCurrent(session);
        return found;
    }

    /// <summary>
    /// The scopes that a service advertises, empty where it does not: that of the session where the request names none.
    /// </summary>
    public async Task<System.Collections.Generic.IReadOnlyList<string>> AdvertisedScopesAsync(AuthSession? current, TokenRequest request, CancellationToken cancellationToken)
    {
        Service service = request.NamesNothing && current is not null ? current.Service : Resolve(request).Service;
        return (await Endpoints.MetadataAsync(service, NoLog.Instance, cancellationToken).ConfigureAwait(false))?.List("scopes_supported") ?? [];
    }

    /// <inheritdoc/>
    public IDiagnosedEngine ForDiagnosis()
    {
        var own = new AuthEngine(Clock, Sender, environment, Tools.Browser, Providers);
        own.Secrets.Vault = Secrets.Vault;
        return own;
    }

    /// <summary>Completes when the renewals that run in the background now have ended.</summary>
    public Task WhenRenewedAsync() => renewer.Background.WhenDoneAsync();

    /// <summary>The same without a table: for callers that hold the session itself.</summary>
    public ValueTask<AuthToken> GetTokenAsync(AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken) =>
        renewer.GetAsync(session, requirement, log, cancellationToken);

    /// <summary>Revokes a session's tokens and forgets it.</summary>
    public async Task<RevocationResult> RevokeAsync(SessionTable table, AuthSession session, bool localOnly, ICallLog log, CancellationToken cancellationToken)
    {
        AuditEntry entry = SessionAudit.EntryOf(session, localOnly ? "session.forgotten" : "token.revoked");
        RevocationResult result = await revoker.RevokeAsync(session, localOnly, log, cancellationToken).ConfigureAwait(false);
        audit.Write(SessionAudit.EntryOf(entry, result), log);
        table.Remove(session);
        return result;
    }

    /// <summary>Revokes, forgets, and ends the person's sign-in in the browser too (OpenID Connect RP-Initiated Logout 1.0).</summary>
    public async Task<RevocationResult> LogoutAsync(SessionTable table, AuthSession session, ICallLog log, CancellationToken cancellationToken)
    {
        RevocationResult? result = null;
        try
        {
            // Asked for first: the address carries the ID token, which revoking forgets.
            Uri? url = await Logout.FindUrlAsync(session, redirectUri: null, state: null, log, cancellationToken).ConfigureAwait(false);
            result = await RevokeAsync(table, session, localOnly: false, log, cancellationToken).ConfigureAwait(false);
            if (session.Request.IsNonInteractive)
            {
                throw AuthError.Create(
                    AuthErrorId.InteractionRequired,
                    $"The browser's sign-in at {session.Authority} was not ended: nobody is there to see the browser (-NonInteractive).",
                    new ErrorDetails { Service = session.Authority });
            }

            await Logout.OpenAsync(session, url, browserPath: null, log, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            result ??= await RevokeAsync(table, session, localOnly: false, log, cancellationToken).ConfigureAwait(false);
            return result.WithFailure(failure);
        }
    }

    /// <summary>Revokes a token from elsewhere at the service that a request names, or at that of the current session.</summary>
    public async Task<RevocationResult> RevokeTokenAsync(SessionTable table, TokenRequest request, Secret token, ICallLog log, CancellationToken cancellationToken)
    {
        (TokenRequest filled, Service service) = request.NamesNothing && table.Current is { } current
            ? (current.Request, current.Service)
            : Resolve(request);
        filled = await Secrets.ReadClientAsync(filled, log, cancellationToken).ConfigureAwait(false);
        return await revoker.RevokeTokenAsync(service.With(filled), filled, token, log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a session here; nothing is sent.</summary>
    public async ValueTask ForgetAsync(SessionTable table, AuthSession session, CancellationToken cancellationToken)
    {
        AuditEntry entry = SessionAudit.EntryOf(session, "session.forgotten");
        table.Remove(session);
        try
        {
            // Under the lock, so that no renewal under way brings back what is forgotten.
            IStoreLock held = await session.SessionStore.LockAsync(session.Key, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                await session.SessionStore.ForgetAsync(session, cancellationToken).ConfigureAwait(false);
                session.Clear();
            }
        }
        catch
        {
            session.Clear(); // Here it is forgotten although its store cannot be had.
            throw;
        }

        audit.Write(entry, NoLog.Instance);
    }

    /// <summary>Proves a description without its service: its faults, its requests, and what it takes from a recorded reply. Sends nothing.</summary>
    /// <exception cref="ConfigurationException">InvalidProvider: a file that cannot be read, or a grant that is not described.</exception>
    public Task<ProviderCheck> ProveProviderAsync(string path, string? replyPath, string? grant, CancellationToken cancellationToken) =>
        ProviderProof.RunAsync(path, replyPath, grant, Clock, cancellationToken);

    /// <summary>Closes what is open to the outside and idle, and forgets what is cached. What is called afterwards works, and opens it anew.</summary>
    public void Release()
    {
        (Sender as HttpSender)?.Release();
        SharedStores.Release();
        Metadata.Clear();
        Tester.Clear();
        memory.Clear();
    }

    /// <summary>A local issuer, on a store of ours or of the caller's.</summary>
    public AuthIssuer NewIssuer(IssuerOptions wish) => IssuerFactory.Create(wish, SharedStores.Catalog.Open, environment, Clock);

    public static AuthSession RequireCurrent(SessionTable table) => table.Current ?? throw NoSession();

    private static AuthException NoSession() =>
        AuthError.Create(AuthErrorId.NoSession, "There is no session in this runspace.");
}
