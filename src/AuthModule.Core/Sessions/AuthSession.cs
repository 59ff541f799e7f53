using System;
using System.Collections.Generic;
using System.Threading;
using AuthModule.Grants;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Tokens;

namespace AuthModule;

/// <summary>
/// A sign-in that is kept and renewed. Safe to use from many threads and runspaces: handing it over shares it, with the one
/// refresh token that it has. Holds no secret in anything that can be seen.
/// </summary>
public sealed class AuthSession
{
    private static long opened;

    private AuthToken? token;
    private AuthException? lastError;
    private Service service;
    private int generation;
    private int isHolder;

    internal AuthSession(TokenRequest request, Service service, IGrant grant, ISessionStore store, SessionKey key, SessionTokenProvider tokenProvider, string? id = null)
    {
        Request = request;
        this.service = service;
        GrantUsed = grant;
        SessionStore = store.For(this);
        Key = key;
        TokenProvider = tokenProvider;
        Order = NextOrder();
        Id = id ?? Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6)).ToLowerInvariant();
    }

    /// <summary>A name for this session, unguessable and without meaning.</summary>
    public string Id { get; }

    /// <summary>The name of the provider.</summary>
    public string Provider => Service.Description.Name;

    /// <summary>The address of the service.</summary>
    public string Authority => Service.Authority;

    /// <summary>The client; null where the service knows no clients.</summary>
    public string? ClientId => Request.ClientId;

    /// <summary>How it was signed in: <c>client_credentials</c>, <c>password</c>, ...</summary>
    public string Grant => GrantUsed.Name;

    /// <summary>Whom the token stands for; null where nothing says so or there is no token.</summary>
    public string? Subject => Token?.Subject;

    /// <summary>What was granted; what is asked for as long as there is no token.</summary>
    public string[] Scopes => Token?.Scopes ?? [.. Request.Scopes];

    /// <summary>When the token ends; null when there is none.</summary>
    public DateTimeOffset? ExpiresOn => Token?.ExpiresOn;

    /// <summary>What the token is good for now.</summary>
    public SessionState State
    {
        get
        {
            AuthToken? current = Token;
            bool hasFailed = LastError is not null && (current is null || !Freshness.IsUsable(current.Tokens));
            return hasFailed ? SessionState.Failed : current is null ? SessionState.Expired : current.State;
        }
    }

    /// <summary>Where it is kept, without credentials.</summary>
    public string Store => SessionStore.Name;

    /// <summary>The way of a profile's chain that was taken, e.g. <c>client key</c>; null where no chain was asked.</summary>
    public string? Way { get; internal set; }

    /// <summary>The ways of the chain that did not fit the place, as <c>workload: why not</c>; empty where the first one did.</summary>
    public IReadOnlyList<string> PassedOver { get; internal set; } = [];

    /// <summary>Why the last renewal failed; null when it did not.</summary>
    public AuthException? LastError => Volatile.Read(ref lastError);

    internal TokenRequest Request { get; }

    /// <summary>What hands out its tokens and renews them.</summary>
    internal SessionTokenProvider TokenProvider { get; }

    /// <summary>As the last call that named it in full wants it reached.</summary>
    internal Service Service => Volatile.Read(ref service);

    internal IGrant GrantUsed { get; }

    internal ISessionStore SessionStore { get; }

    internal SessionKey Key { get; }

    /// <summary>The sessions of this process in the order in which they were opened.</summary>
    internal long Order { get; }

    /// <summary>It has taken tokens over from its store.</summary>
    internal bool IsHolder => Volatile.Read(ref isHolder) != 0;

    /// <summary>Goes up when its tokens are revoked or forgotten: what was begun before must not bring tokens back.</summary>
    internal int Generation => Volatile.Read(ref generation);

    /// <summary>What a call with a profile asked for (<see cref="SessionKey.OfRequest"/>); null where none did.</summary>
    internal string? RequestKey { get; set; }

    /// <summary>The secrets that the call which opened it has read; null where it referred to none.</summary>
    internal JustReadSecrets? JustRead { get; set; }

    /// <summary>The service's clock less this machine's; null where the service did not tell.</summary>
    internal TimeSpan? ClockSkew => Token?.Tokens.Skew;

    /// <summary>What the store did not take; only touched under its lock.</summary>
    internal UnsavedTokens? Unsaved { get; set; }

    /// <summary>At the last look its store had an older entry than this process has seen.</summary>
    internal bool IsStoreBehind { get; set; }

    internal AuthToken? Token => Volatile.Read(ref token);

    /// <summary>True when its token has ended and nothing that it holds gets another: only a new sign-in does.</summary>
    internal bool IsSpent =>
        !GrantUsed.CanRepeat(Request)
        && Token is { } current
        && !Freshness.IsUsable(current.Tokens)
        && (current.Tokens.RefreshToken is null || LastError?.Code == AuthErrorId.RefreshTokenExpired);

    /// <summary>What it is, never a token.</summary>
    public override string ToString() => $"{Grant} session {Id} at {Authority}";

    /// <summary>Takes new tokens over; the same ones keep their object, so that callers get one and the same.</summary>
    /// <param name="tokens">Of a renewal or a store.</param>
    /// <param name="begun">The <see cref="Generation"/> in which they were asked for: where it is over, the tokens are the caller's only.</param>
    internal AuthToken Adopt(TokenSet tokens, int begun)
    {
        if (begun != Generation)
        {
            return new AuthToken(this, tokens);
        }

        Volatile.Write(ref lastError, null);
        if (Interlocked.Exchange(ref isHolder, 1) == 0)
        {
            SessionStore.Hold(this);
        }

        AuthToken? current = Token;
        if (current is not null && ReferenceEquals(current.Tokens, tokens))
        {
            return current;
        }

        var adopted = new AuthToken(this, tokens);
        Volatile.Write(ref token, adopted);
        return adopted;
    }

    internal void Fail(AuthException error) => Volatile.Write(ref lastError, error);

    internal void Clear()
    {
        Interlocked.Increment(ref generation);
        Volatile.Write(ref isHolder, 0);
        Unsaved = null;
        Volatile.Write(ref token, null);
    }

    /// <summary>Reached from now on as the newest call that means it says: its time-outs, its proxy, what it trusts.</summary>
    internal void ReachBy(AuthModule.Http.TransportSettings transport)
    {
        Service current = Service;
        if (current.Transport != transport)
        {
            Volatile.Write(ref service, current with { Transport = transport });
        }
    }

    internal static long NextOrder() => Interlocked.Increment(ref opened);
}
