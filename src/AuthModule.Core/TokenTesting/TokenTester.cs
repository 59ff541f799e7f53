using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.Validation;
using AuthModule.Validation.Introspection;

namespace AuthModule.TokenTesting;

/// <summary>Puts together what a token is tested against: whose keys, which rules, which service.</summary>
internal sealed class TokenTester(ITestingEngine engine) : IIdTokenTester
{
    public const int MaxKeySources = 1000;

    // By place and by how it is reached: what came over a connection that was not checked must not serve a call that wants it checked.
    private readonly ConcurrentDictionary<(string Place, TransportSettings Transport), IKeySource> keySources = new();
    private readonly ConcurrentDictionary<(string Place, TransportSettings Transport), (ClientCredential Client, Introspector Introspector)> introspectors = new();
    private readonly TokenValidator validator = new();

    /// <summary>Places whose keys are kept, and servers whose answers are.</summary>
    public (int KeySources, int Introspectors) Counts => (keySources.Count, introspectors.Count);

    public void Clear()
    {
        keySources.Clear();
        introspectors.Clear();
    }

    /// <summary>The rules of a test by the token's signature, ready for any number of tokens. Sends nothing.</summary>
    public ValidationRules Prepare(SessionTable table, TokenTestRequest request)
    {
        ValidationRules rules = RulesOf(request);
        Meant? named = Named(table, request);
        if (rules.Offline)
        {
            return named is null ? rules : Expecting(rules, named, request);
        }

        named ??= request.Jwks is null && table.Current is { } current ? new Meant(current.Service, current.Request) : null;
        rules = named is null ? rules : Expecting(rules, named, request);
        return rules with { Keys = KeysOf(named?.Service, request) };
    }

    public ValueTask<TokenTestResult> TestAsync(string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken) =>
        validator.ValidateAsync(token, rules, log, cancellationToken);

    /// <summary>Puts a test together the way the request says: by signature, by asking the server, or on the records of one's own issuer. Sends nothing.</summary>
    public PreparedTest PrepareTest(SessionTable table, TokenTestRequest request)
    {
        if (request.Rules.Offline)
        {
            return new PreparedTest(Prepare(table, request), TestAsync);
        }

        if (IssuerOf(table, request) is { } issuer)
        {
            ValidationRules own = RulesOf(request);
            own = !request.Service.NamesNothing && Named(table, request) is { } named
                ? Expecting(own, named, request) with { ClaimNames = own.ClaimNames }
                : own;
            return new PreparedTest(own, (token, rules, log, stop) => IssuerTester.TestAsync(issuer, token, rules, log, stop));
        }

        if (!request.Introspect)
        {
            return new PreparedTest(Prepare(table, request), TestAsync);
        }

        Meant meant = ServiceAndClient(table, request);
        (Service service, TokenRequest client) = As(request.IntrospectingClient, (meant.Service, meant.Request));
        return new PreparedTest(Expecting(RulesOf(request), meant, request), IntrospectorOf(service, client).TestAsync);
    }

    /// <summary>Tests one token the way the request says.</summary>
    public ValueTask<TokenTestResult> TestAsync(SessionTable table, TokenTestRequest request, string token, ICallLog log, CancellationToken cancellationToken) =>
        PrepareTest(table, request).TestAsync(token, log, cancellationToken);

    /// <summary>Tests what came in an <c>Authorization</c> header; the result says what an endpoint answers.</summary>
    public ValueTask<TokenTestResult> TestHeaderAsync(SessionTable table, TokenTestRequest request, string? header, ICallLog log, CancellationToken cancellationToken) =>
        PrepareTest(table, request).TestHeaderAsync(header, log, cancellationToken);

    // The token of a session with an issuer of one's own is that issuer's, without saying so again.
    private static AuthIssuer? IssuerOf(SessionTable table, TokenTestRequest request) =>
        request.Issuer
        ?? request.Session?.Request.Input.Issuer
        ?? (request.Session is null && request.Service.NamesNothing && request.Jwks is null ? table.Current?.Request.Input.Issuer : null);

    private ValidationRules RulesOf(TokenTestRequest request)
    {
        ExpectedValues.Require(request.Rules);
        return request.Rules with { Clock = engine.Clock };
    }

    // What is expected is not lost on the way, wherever keys or answers come from. What the call itself says comes first.
    private static ValidationRules Expecting(ValidationRules rules, Meant meant, TokenTestRequest request)
    {
        Service service = meant.Service;
        bool isKnown = service.Description.KnowsIssuer || request.Jwks is not null || rules.HmacSecret is not null;
        bool needsClient = rules is { Use: TokenUse.Id or TokenUse.Logout, ClientIds.Count: 0, Audiences.Count: 0 };
        return rules with
        {
            ClaimNames = DescribedClaimNames.Of(service.Description.Claims),
            Issuers = rules.Issuers.Count == 0 && service.Issuer is { } issuer ? [issuer] : rules.Issuers,
            ServiceNames = isKnown ? service.IssuerNames : [],
            ClientIds = needsClient && meant.Request.ClientId is { } client ? [client] : rules.ClientIds,
            CallerCertificate = rules.CallerCertificate ?? OwnCertificate(request.Session),
        };
    }

    // Whoever tests a token of a session of their own is who shows its certificate.
    private static string? OwnCertificate(AuthSession? session) =>
        session?.Request.Client.Certificate is { } certificate ? CertificateThumbprint.Sha256(certificate.RawData) : null;

    private Meant ServiceAndClient(SessionTable table, TokenTestRequest request)
    {
        AuthSession? session = request.Session ?? table.Current;
        if (request.Service.NamesNothing)
        {
            return session is not null ? new Meant(session.Service, session.Request)
                : FromEnvironment(request) ?? throw AuthError.Missing("-Authority", "it is not said which server to ask about the token");
        }

        (TokenRequest named, Service service) = engine.Resolve(request.Service);
        bool isSessions = session is not null && session.Authority == service.Authority && named.Client.Secret is null;
        return new Meant(service, isSessions ? session!.Request : named);
    }

    // Only who asks is another: the certificate of the session's client is not to be on the asker's connection.
    private static (Service Service, TokenRequest Client) As(TokenRequest? introspectingClient, (Service Service, TokenRequest Client) found) => introspectingClient is null
        ? found
        : (found.Client.Client.Certificate is null ? found.Service : found.Service.WithoutClientCertificate(),
            found.Client with { ClientId = introspectingClient.ClientId, Client = introspectingClient.Client, References = [] });

    private Introspector IntrospectorOf(Service service, TokenRequest client)
    {
        if (introspectors.Count >= MaxKeySources)
        {
            introspectors.Clear();
        }

        // With another credential the server may answer otherwise: what it said to the former one is not used for the new one.
        return introspectors.AddOrUpdate(
            ($"{service.Description.Name} {service.Authority} {client.ClientId} {string.Join(" ", client.References.Select(secret => secret.Reference.Name))}", service.Transport),
            _ => New(),
            (_, kept) => kept.Client == client.Client ? kept : New()).Introspector;

        (ClientCredential Client, Introspector Introspector) New() => (
            client.Client,
            new Introspector((token, stop) => AskAsync(service, client, token, stop), service.DisplayName));
    }

    private async Task<System.Text.Json.JsonElement> AskAsync(Service service, TokenRequest client, string token, CancellationToken cancellationToken)
    {
        client = await engine.Secrets.ReadClientAsync(client, NoLog.Instance, cancellationToken).ConfigureAwait(false);
        return await engine.Introspection.AskAsync(service.With(client), client, Secret.From(token), "access_token", NoLog.Instance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The service that the call names, itself or by its session or environment; null where it names none.</summary>
    private Meant? Named(SessionTable table, TokenTestRequest request)
    {
        if (!request.Service.NamesNothing)
        {
            (TokenRequest filled, Service service) = engine.Resolve(request.Service);
            return new Meant(service, filled);
        }

        return request.Session is { } session ? new Meant(session.Service, session.Request)
            : table.Current is null || request.Jwks is not null ? FromEnvironment(request)
            : null;
    }

    private Meant? FromEnvironment(TokenTestRequest request)
    {
        if (!engine.EnvironmentNamesService)
        {
            return null;
        }

        (TokenRequest filled, Service service) = engine.Resolve(request.Service);
        return new Meant(service, filled);
    }

    /// <inheritdoc/>
    public IKeySource? KeysOf(Service service, SecretKeySource? clientSecret) =>
        KeysOf(service, new TokenTestRequest { Rules = new ValidationRules { HmacSecret = clientSecret } });

    /// <summary>The keys of a request, or those that a service publishes; null where neither is named.</summary>
    public IKeySource? KeysOf(Service? service, TokenTestRequest request)
    {
        if (request.Jwks is { } jwks)
        {
            return CachedSource("jwks " + jwks, request.Service.Transport, () => Uri.TryCreate(jwks, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
                ? JwksKeySource.At(address, null, engine.Sender, request.Service.Transport, engine.Clock)
                : new FileKeySource(jwks, issuer: null, engine.Clock));
        }

        if (service is null)
        {
            return null;
        }

        if (service.Description.UsesDiscovery)
        {
            return CachedSource($"discovery {service.Authority} {service.Issuer} {string.Join(" ", service.TrustedHosts)}", service.Transport, () => JwksKeySource.Discovered(
                engine.Metadata,
                new MetadataQuery { Authority = service.Authority, Service = service.DisplayName, Issuer = service.Issuer, TrustedHosts = service.TrustedHosts },
                engine.Sender,
                service.Transport,
                engine.Clock));
        }

        if (service.Description.Endpoints.TryGetValue("jwks", out AuthModule.Providers.TemplateChoice? choice)
            && choice.Fill(ServiceResolver.ValuesOf(service, new SecretScrubber())) is { } published)
        {
            return CachedSource($"keys {published} {service.Issuer}", service.Transport, () => JwksKeySource.At(new Uri(published), service.Issuer ?? service.Authority, engine.Sender, service.Transport, engine.Clock));
        }

        return request.Rules.HmacSecret is not null
            ? null
            : throw AuthError.Missing("-Jwks", $"provider '{service.Description.Name}' does not say where its keys are");
    }

    // The cache of keys lives in the source: one per place, for the life of the process.
    private IKeySource CachedSource(string place, TransportSettings transport, Func<IKeySource> make)
    {
        if (keySources.Count >= MaxKeySources)
        {
            keySources.Clear();
        }

        return keySources.GetOrAdd((place, transport), _ => make());
    }

    /// <param name="Service">Whose tokens they should be.</param>
    /// <param name="Request">What is known of the client there.</param>
    private sealed record Meant(Service Service, TokenRequest Request);
}
