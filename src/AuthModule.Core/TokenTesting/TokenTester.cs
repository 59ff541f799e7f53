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

    /// <summary>The rules of a test, ready for any number of tokens. Sends nothing.</summary>
    public ValidationRules Prepare(SessionTable table, TokenTestRequest request)
    {
        ValidationRules rules = request.Rules with { Clock = engine.Clock };
        if (rules.Offline)
        {
            return rules;
        }

        Service? service = ServiceOf(table, request);
        if (service is not null)
        {
            rules = rules with { ClaimNames = DescribedClaimNames.Of(service.Description.Claims) };
            if (service.Issuer is { } issuer && rules.Issuers.Count == 0)
            {
                rules = rules with { Issuers = [issuer] };
            }
        }

        return rules with { Keys = KeysOf(service, request) };
    }

    public ValueTask<TokenTestResult> TestAsync(string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken) =>
        validator.ValidateAsync(token, rules, log, cancellationToken);

    /// <summary>Puts a test together the way the request says: by signature, by asking the server, or on the records of one's own issuer. Sends nothing.</summary>
    public PreparedTest PrepareTest(SessionTable table, TokenTestRequest request)
    {
        if (IssuerOf(table, request) is { } issuer && !request.Rules.Offline)
        {
            return new PreparedTest(
                request.Rules with { Clock = engine.Clock },
                (token, rules, log, stop) => IssuerTester.TestAsync(issuer, token, rules, log, stop));
        }

        if (!request.Introspect || request.Rules.Offline)
        {
            return new PreparedTest(Prepare(table, request), TestAsync);
        }

        (Service service, TokenRequest client) = As(request.IntrospectingClient, ServiceAndClient(table, request));
        Introspector introspector = IntrospectorOf(service, client);
        return new PreparedTest(
            request.Rules with { Clock = engine.Clock, ClaimNames = DescribedClaimNames.Of(service.Description.Claims) },
            introspector.TestAsync);
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

    private (Service Service, TokenRequest Client) ServiceAndClient(SessionTable table, TokenTestRequest request)
    {
        AuthSession? session = request.Session ?? table.Current;
        if (request.Service.NamesNothing)
        {
            return session is null
                ? throw AuthError.Missing("-Authority", "it is not said which server to ask about the token")
                : (session.Service, session.Request);
        }

        (TokenRequest named, Service service) = engine.Resolve(request.Service);
        bool isSessions = session is not null && session.Authority == service.Authority && named.Client.Secret is null;
        return (service, isSessions ? session!.Request : named);
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
        return await engine.Introspection.AskAsync(service, client, Secret.From(token), "access_token", NoLog.Instance, cancellationToken).ConfigureAwait(false);
    }

    private Service? ServiceOf(SessionTable table, TokenTestRequest request)
    {
        if (!request.Service.NamesNothing)
        {
            return engine.Resolve(request.Service).Service;
        }

        if (request.Session is { } session)
        {
            return session.Service;
        }

        return request.Jwks is null ? table.Current?.Service : null;
    }

    /// <inheritdoc/>
    public IKeySource? KeysOf(Service service) => KeysOf(service, new TokenTestRequest());

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

        throw AuthError.Missing("-Jwks", $"provider '{service.Description.Name}' does not say where its keys are");
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
}
