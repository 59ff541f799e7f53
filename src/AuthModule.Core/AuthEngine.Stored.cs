using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Telemetry;

namespace AuthModule;

/// <content>Sessions that a store holds, whoever opened them.</content>
internal sealed partial class AuthEngine
{
    /// <summary>
    /// What a store holds for whoever has its key, by service, client and person; <c>memory</c> has this table's own. Sends nothing but to the
    /// store. A session that the table has too is the same object.
    /// </summary>
    /// <exception cref="AuthException">As <see cref="StoreCatalog.OpenShared"/>; StoreUnavailable, Canceled.</exception>
    public async Task<IReadOnlyList<AuthSession>> ListSessionsAsync(SessionTable table, string store, ICallLog log, CancellationToken cancellationToken)
    {
        if (StoreCatalog.IsMemory(store))
        {
            return [.. table.All.Where(static session => !session.SessionStore.IsShared)];
        }

        SharedSessionStore shared = SharedStores.Open(store);
        var sessions = new List<AuthSession>();
        await foreach (StoredSession stored in shared.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (table.Find(SessionKey.Of(stored.Origin, shared.Identity)) is { } known)
            {
                sessions.Add(known);
            }
            else if (Restore(stored, shared, store, log) is { } restored)
            {
                sessions.Add(restored);
            }
        }

        return [.. sessions
            .OrderBy(static session => session.Authority, StringComparer.Ordinal)
            .ThenBy(static session => session.ClientId, StringComparer.Ordinal)
            .ThenBy(static session => session.Subject ?? session.Request.Input.UserName, StringComparer.Ordinal)
            .ThenBy(static session => session.Id, StringComparer.Ordinal)];
    }

    private AuthSession? Restore(StoredSession stored, SharedSessionStore shared, string store, ICallLog log)
    {
        SessionOrigin origin = stored.Origin;
        try
        {
            ProviderDescription description = Providers.Get(origin.Provider).Description;
            if (GrantRegistry.Find(origin.Grant) is not { } grant)
            {
                log.Warning($"Session {stored.Id} of {origin.Service} is left out: this version knows no way to sign in called {origin.Grant}.");
                return null;
            }

            TokenRequest request = WithCredential(origin.ToRequest(store), origin);
            Service service = ServiceResolver.Resolve(request, description, environment);
            var session = new AuthSession(request, service, grant, shared, SessionKey.Of(origin, shared.Identity), renewer, stored.Id);
            session.Adopt(stored.Tokens, session.Generation);
            return session;
        }
        catch (AuthException failure)
        {
            log.Warning($"Session {stored.Id} of {origin.Service} is left out: {failure.Message} {failure.RecommendedAction}");
            return null;
        }
    }

    // A secret is sent to none but the service and client that its profile, or the environment, names now as the session was opened then.
    private TokenRequest WithCredential(TokenRequest request, SessionOrigin origin)
    {
        TokenRequest asked = origin.Profile is { } profile ? new TokenRequest { Profile = profile } : new TokenRequest { Provider = origin.Provider };
        if (origin.Profile is null && environment.Get(RequestDefaults.Prefix + "AUTHORITY") is null)
        {
            return request;
        }

        try
        {
            (TokenRequest named, Service service) = Resolve(asked);
            bool isSame = service.Description.Name == origin.Provider && service.Authority == origin.Service
                && named.TokenEndpoint == origin.TokenEndpoint && named.ClientId == origin.ClientId;
            return isSame
                ? request with
                {
                    Client = named.Client with { Method = origin.ClientAuthentication },
                    References = [.. named.References.Where(secret => secret.IsOfClient || named.Input.UserName == origin.UserName)],
                    Transport = named.Transport,
                    Input = request.Input with { Password = named.Input.UserName == origin.UserName ? named.Input.Password : null },
                }
                : request;
        }
        catch (AuthException)
        {
            return request; // The profile is gone or has a fault: the tokens are as good as they are.
        }
    }
}
