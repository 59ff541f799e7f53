using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Telemetry;

namespace AuthModule;

/// <content>From a call to the session that it means.</content>
internal sealed partial class AuthEngine
{
    /// <summary>The same for a call that may mean a profile: its secrets are read where no session of it has a usable token.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile, and what <see cref="Open(SessionTable, TokenRequest)"/> throws.</exception>
    public ValueTask<AuthSession> OpenAsync(SessionTable table, TokenRequest request, ICallLog log, CancellationToken cancellationToken)
    {
        bool meansCurrent = request.NamesNothing && table.Current is not null;
        return meansCurrent || (request.AppliedProfile is null && RequestDefaults.ProfileOf(request, environment) is null)
            ? new(Open(table, request))
            : OpenProfileAsync(table, request, log, cancellationToken);
    }

    /// <summary>The session that a request means: one of the table with the same credential, or a new one. Sends nothing.</summary>
    /// <exception cref="ConfigurationException">What is missing or malformed; NoSession.</exception>
    public AuthSession Open(SessionTable table, TokenRequest request)
    {
        request = request.Input.AuthorizationRequest is { } authorization ? authorization.Continue(request) : request;
        if (request.NamesNothing && table.Current is { } current && (!request.UseDpop || current.Request.UseDpop))
        {
            return current;
        }

        if (request.NamesNothing && !NamesServiceByEnvironment(request))
        {
            throw NoSession();
        }

        (TokenRequest filled, Service service) = Resolve(request);
        return Open(table, filled, service);
    }

    private AuthSession Open(SessionTable table, TokenRequest filled, Service service)
    {
        if (filled.Grant is null && FindWithoutCredential(table, filled, service) is { } known)
        {
            return Reached(known, filled, service);
        }

        IGrant grant = GrantRegistry.Choose(filled, service.Description);
        Fapi2.Require(filled, service, grant.Name);
        (ISessionStore store, byte[]? nameKey) = StoreFor(filled);

        // In the process's own store a request that a person answers is nobody else's: the same request proves nothing there.
        SessionKey key = SessionKey.Of(filled, service, grant, nameKey, store.Identity, grant is IPersonGrant && !store.IsShared ? table.Id : null);
        if (table.Find(key) is not { IsSpent: false } session || IsTooOld(session, filled))
        {
            return new AuthSession(filled, service, grant, store, key, renewer);
        }

        session.ReachBy(service.Transport);
        return session;
    }

    // Only a person can mend that, and only by signing in.
    private bool IsTooOld(AuthSession session, TokenRequest request) =>
        request.Input.MaximumAge is { } most && session.Token is { } token && !SignInAge.IsWithin(token.Tokens, most, Clock.GetUtcNow());

    // A call that brings no credential means the session as it is, unless it says itself how to reach the service.
    private static AuthSession Reached(AuthSession session, TokenRequest request, Service service)
    {
        if (request.Transport != TransportSettings.Default)
        {
            session.ReachBy(service.Transport);
        }

        return session;
    }

    /// <summary>The session of this table that a request names, without any way to make one.</summary>
    /// <exception cref="ConfigurationException">NoSession.</exception>
    public AuthSession FindSession(SessionTable table, TokenRequest request)
    {
        if (FindChained(table, request) is { } chained)
        {
            return chained;
        }

        (TokenRequest filled, Service service) = Resolve(request);
        return (filled.AppliedProfile is { } profile ? table.FindLike(service.Description.Name, service.Authority, session => session.Request.AppliedProfile == profile) : null)
            ?? FindWithoutCredential(table, filled with { Client = new(), Input = new(), References = [], SecretParameters = SecretParameters.None }, service)
            ?? throw AuthError.Create(AuthErrorId.NoSession, $"There is no session at {service.Authority} in this runspace.", new ErrorDetails { Service = service.Authority });
    }

    private async ValueTask<AuthSession> OpenProfileAsync(SessionTable table, TokenRequest request, ICallLog log, CancellationToken cancellationToken)
    {
        if (await ChooseAsync(table, request, log, cancellationToken).ConfigureAwait(false) is not { } choice)
        {
            return await OpenFilledAsync(table, request, log, cancellationToken).ConfigureAwait(false);
        }

        AuthSession chosen = choice.Session ?? await OpenFilledAsync(table, choice.Request, log, cancellationToken).ConfigureAwait(false);
        chosen.Way = choice.Way;
        chosen.PassedOver = choice.PassedOver;
        return chosen;
    }

    private async ValueTask<AuthSession> OpenFilledAsync(SessionTable table, TokenRequest request, ICallLog log, CancellationToken cancellationToken)
    {
        (TokenRequest filled, Service service) = Resolve(request);
        if (filled.References.Count == 0)
        {
            return Open(table, filled, service);
        }

        // As long as its token is good, nobody has to unlock a vault. Without one the secrets tell whose session it is: a new
        // secret is a new session, which no failure of the former one holds up.
        string ask = SessionKey.OfRequest(filled, service);
        if (table.FindLike(service.Description.Name, service.Authority, session => session.RequestKey == ask && session.Token is { } token && Freshness.IsUsable(token.Tokens)) is { } known)
        {
            return Reached(known, filled, service);
        }

        TokenRequest read = await Secrets.ReadAsync(filled, log, cancellationToken).ConfigureAwait(false);
        AuthSession opened = Open(table, read, service.With(read));
        opened.RequestKey = ask;
        opened.JustRead = new JustReadSecrets(read, Clock);
        return opened;
    }

    /// <summary>An address or a profile is set for all calls that name none.</summary>
    public bool EnvironmentNamesService =>
        !string.IsNullOrWhiteSpace(environment.Get(RequestDefaults.Prefix + "AUTHORITY"))
        || !string.IsNullOrWhiteSpace(environment.Get(RequestDefaults.Prefix + "PROFILE"));

    private bool NamesServiceByEnvironment(TokenRequest request) =>
        environment.Get(RequestDefaults.Prefix + "AUTHORITY") is not null
        || environment.Get(RequestDefaults.Prefix + "PROVIDER") is not null
        || environment.Get(RequestDefaults.Prefix + "PROFILE") is not null
        || request.Client.Secret is not null;

    // "The session of that service": the call names it and brings nothing to sign in with.
    private static AuthSession? FindWithoutCredential(SessionTable table, TokenRequest request, Service service) =>
        !request.BringsCredential
            ? table.FindLike(service.Description.Name, service.Authority, session =>
                (!request.UseDpop || session.Request.UseDpop)
                && (request.ClientId is null || request.ClientId == session.ClientId)
                && IsSameTenant(service, session.Service, request)
                && (request.Input.UserName is null || request.Input.UserName == session.Request.Input.UserName)
                && (request.Store is null || request.Store == session.Request.Store)
                && request.Scopes.All(scope => session.Scopes.Contains(scope) || (session.Scopes.Length == 0 && session.Request.Scopes.Contains(scope))))
            : null;

    // Two accounts or tenants of one service differ by nothing but what -Parameter or -TokenEndpoint says.
    private static bool IsSameTenant(Service asked, Service known, TokenRequest request) =>
        (asked.TokenEndpoint is null || asked.TokenEndpoint == known.TokenEndpoint)
        && request.Parameters.Keys.All(name => !asked.Parameters.TryGetValue(name, out string? value) || known.Parameters.GetValueOrDefault(name) == value)
        && asked.ExtraFields.All(extra => known.ExtraFields.Contains(extra));

    private (ISessionStore Store, byte[]? NameKey) StoreFor(TokenRequest request)
    {
        if (StoreCatalog.IsMemory(request.Store))
        {
            return (memory, null);
        }

        SharedSessionStore shared = SharedStores.Open(request.Store!);
        return (shared, shared.SessionNameKey);
    }
}
