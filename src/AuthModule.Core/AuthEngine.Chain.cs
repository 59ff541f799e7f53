using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Profiles;
using AuthModule.Profiles.Chain;
using AuthModule.Profiles.Chain.Ways;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Telemetry;

namespace AuthModule;

/// <content>A profile's chain: the first way to sign in that fits the place.</content>
internal sealed partial class AuthEngine
{
    /// <inheritdoc/>
    public bool MeansChain(TokenRequest request)
    {
        try
        {
            return ChainOf(request) is not null;
        }
        catch (AuthException)
        {
            return false; // Whoever reads the profile for its values says what is wrong.
        }
    }

    /// <summary>
    /// The way of a profile's chain that a request takes; null where it means no chain, or says itself how to sign in. Sends nothing but to
    /// the profile's store.
    /// </summary>
    /// <exception cref="AuthException">MissingParameter, InteractionRequired: no way fits; InvalidProfile; what the store brings.</exception>
    public async ValueTask<ChainChoice?> ChooseAsync(SessionTable table, TokenRequest request, ICallLog log, CancellationToken cancellationToken)
    {
        if (ChainOf(request) is not { } profile)
        {
            return null;
        }

        var walk = new ChainWalk(profile, PlaceOf(request));
        int told = 0;
        while (walk.Next() is { } next)
        {
            told = Tell(profile, walk, told, log);
            TokenRequest filled = ProfileRequest.Fill(request, next.Profile);
            if (next.Way is not StoredSessionWay)
            {
                log.Verbose($"Profile '{profile.Name}' signs in by {next.Way.Name}: {next.Reason}.");
                return new ChainChoice(next.Way.Name, next.Reason, filled, null, walk.PassedOver);
            }

            (AuthSession? session, string reason) = await FindStoredAsync(table, filled, log, cancellationToken).ConfigureAwait(false);
            if (session is not null)
            {
                log.Verbose($"Profile '{profile.Name}' goes on with {session}: {reason}.");
                return new ChainChoice(next.Way.Name, reason, filled, session, walk.PassedOver);
            }

            walk.Pass(next.Way, reason);
        }

        Tell(profile, walk, told, log);
        throw AuthError.Create(
            walk.WantedPerson ? AuthErrorId.InteractionRequired : AuthErrorId.MissingParameter,
            $"None of the ways to sign in of profile '{profile.Name}' fits here. {string.Join(". ", walk.PassedOver.Select(Sentence))}.",
            "Make one of them possible here, or add one to the profile's chain: docs/profiles.md lists them.");
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    private static int Tell(ProfileDescription profile, ChainWalk walk, int told, ICallLog log)
    {
        foreach (string passed in walk.PassedOver.Skip(told))
        {
            log.Verbose($"Profile '{profile.Name}' does not sign in by {passed}.");
        }

        return walk.PassedOver.Count;
    }

    // Null where a call means no profile, its profile has no chain, or the call says itself how to sign in.
    private ProfileDescription? ChainOf(TokenRequest request) =>
        !ProfileRequest.HasOwnWay(request) && RequestDefaults.ProfileOf(request, environment) is { } name && Profiles.Get(name) is { Chain.Count: > 0 } profile
            ? profile
            : null;

    private SignInPlace PlaceOf(TokenRequest request) => new()
    {
        Environment = environment,
        Secrets = new SecretQuery(environment, Secrets.Vault, Clock),
        Providers = Providers,
        Browser = Tools.Browser,
        IsNonInteractive = request.IsNonInteractive || Switch.Read(environment, RequestDefaults.Prefix + "NON_INTERACTIVE"),
        BrowserPath = request.Input.BrowserPath,
    };

    // Where only the service counts, the profile says it; one that leaves it to its ways means that of the first that fits.
    private ProfileDescription AsNamed(ProfileDescription profile, TokenRequest request)
    {
        if (profile.Chain.Count == 0 || profile.NamesService || ProfileRequest.HasOwnWay(request))
        {
            return profile;
        }

        var walk = new ChainWalk(profile, PlaceOf(request));
        return walk.Next()?.Profile ?? profile;
    }

    // The ways of a chain may sign in at different services: the profile's name tells its session.
    private AuthSession? FindChained(SessionTable table, TokenRequest request)
    {
        if (ChainOf(request) is not { } profile)
        {
            return null;
        }

        bool IsOfProfile(AuthSession session) => session.Way is not null && session.Request.AppliedProfile == profile.Name;
        return table.Current is { } current && IsOfProfile(current) ? current : table.All.Where(IsOfProfile).OrderBy(static session => session.Order).LastOrDefault();
    }

    private async ValueTask<(AuthSession? Session, string Reason)> FindStoredAsync(SessionTable table, TokenRequest request, ICallLog log, CancellationToken cancellationToken)
    {
        (TokenRequest filled, Service service) = Resolve(request);
        string address = filled.Store ?? StoredSessionWay.DefaultStore;
        bool Fits(AuthSession session) =>
            session.Provider == service.Description.Name && session.Authority == service.Authority
            && (filled.ClientId is null || filled.ClientId == session.ClientId)
            && (filled.Input.UserName is null || filled.Input.UserName == session.Request.Input.UserName)
            && (!filled.UseDpop || session.Request.UseDpop)
            && IsSameTenant(service, session.Service, filled)
            && filled.Scopes.All(scope => session.Scopes.Contains(scope) || (session.Scopes.Length == 0 && session.Request.Scopes.Contains(scope)))
            && session.Token is { } token && (Freshness.IsUsable(token.Tokens) || token.Tokens.RefreshToken is not null);

        // Listing is for the first call; the next ones know which one it was.
        if (table.FindLike(service.Description.Name, service.Authority, session => session.Way == StoredSessionWay.WayName && Fits(session)) is { } known)
        {
            return (known, $"it is from store {known.Store}");
        }

        if (!HoldsAnything(address))
        {
            return (null, $"nothing is kept in store {address} by this account");
        }

        IReadOnlyList<AuthSession> stored = await ListSessionsAsync(table, address, log, cancellationToken).ConfigureAwait(false);
        AuthSession? found = stored.Where(Fits).OrderBy(static session => session.ExpiresOn).LastOrDefault();
        return found is not null
            ? (found, $"it is from store {found.Store}")
            : (null, $"the store {(StoreCatalog.IsMemory(address) ? address : SharedStores.Open(address).Name)} holds no session at {service.Authority} that can be gone on with");
    }

    // Without a key nothing can have been stored here, and looking must not make one.
    private bool HoldsAnything(string store)
    {
        if (StoreCatalog.IsMemory(store) || environment.Get(StoreCatalog.KeyVariable) is not null)
        {
            return true;
        }

        try
        {
            return File.Exists(UserFolders.KeyFile(environment));
        }
        catch (AuthException)
        {
            return false;
        }
    }
}
