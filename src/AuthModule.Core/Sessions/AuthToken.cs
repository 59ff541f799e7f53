using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using AuthModule.Jose.Tokens;
using AuthModule.Providers;
using AuthModule.Sessions;
using AuthModule.Tokens;

namespace AuthModule;

/// <summary>
/// An access token of a session. Its secrets are only in <see cref="AccessToken"/> and <see cref="IdToken"/>, as
/// <see cref="SecureString"/>; plain text comes only from <see cref="ToPlainText"/> and <see cref="ToHeader"/>.
/// </summary>
public sealed class AuthToken
{
    private static readonly IReadOnlyDictionary<string, object?> NoClaims = new Dictionary<string, object?>();

    private readonly AuthSession session;
    private IReadOnlyDictionary<string, object?>? claims;

    internal AuthToken(AuthSession session, TokenSet tokens)
    {
        this.session = session;
        Tokens = tokens;
    }

    /// <summary>The access token or API key, as a read-only copy: dispose of it or not.</summary>
    public SecureString AccessToken => Tokens.AccessToken.ToSecureString();

    /// <summary><c>Bearer</c>, <c>DPoP</c>, <c>ApiKey</c>, or what the service says (RFC 6749, section 7.1).</summary>
    public string TokenType => Tokens.TokenType;

    /// <summary>By this machine's clock at the time of issue; <see cref="DateTimeOffset.MaxValue"/> where it does not end.</summary>
    public DateTimeOffset ExpiresOn => Tokens.ExpiresOn;

    /// <summary>Time left now, by a clock that changes of the wall clock do not move. Below zero when it has ended.</summary>
    public TimeSpan ExpiresIn => Tokens.Remaining;

    /// <summary>When it was issued, as the service or the token says; where neither does, when it was got, by this machine's clock.</summary>
    public DateTimeOffset IssuedOn => Tokens.IssuedOn;

    /// <summary>What the service granted; what was asked for where it does not say. Empty, not null.</summary>
    public string[] Scopes => [.. Tokens.Scopes];

    /// <summary>Whom it stands for; null where nothing says so, as for most clients.</summary>
    public string? Subject => Tokens.Subject;

    /// <summary>Whether it can be renewed without signing in again.</summary>
    public bool HasRefreshToken => Tokens.RefreshToken is not null;

    /// <summary>The ID token (OpenID Connect Core, section 2) as a read-only copy; null where there is none.</summary>
    public SecureString? IdToken => Tokens.IdToken?.ToSecureString();

    /// <summary>The claims of a JWT access token, not verified: for reading only. Empty for an opaque one.</summary>
    public IReadOnlyDictionary<string, object?> Claims => claims ??= ReadClaims(Tokens);

    /// <summary>The name of the provider.</summary>
    public string Provider => session.Provider;

    /// <summary>The address of the service.</summary>
    public string Authority => session.Authority;

    /// <summary>The client; null where the service knows no clients.</summary>
    public string? ClientId => session.ClientId;

    /// <summary>The session it belongs to: <see cref="AuthSession.Id"/>.</summary>
    public string SessionId => session.Id;

    /// <summary>Whether it will be handed out as it is (Fresh), renewed first (Stale), or has ended (Expired).</summary>
    public SessionState State => Freshness.StateOf(Tokens, session.Key.Jitter);

    internal TokenSet Tokens { get; }

    internal AuthSession Session => session;

    /// <summary>The headers that carry this token to an API, in plain text. Do not log it.</summary>
    public Hashtable ToHeader()
    {
        var headers = new Hashtable(StringComparer.OrdinalIgnoreCase);
        TemplateValues values = TokenHeaders.Values(Authority, Tokens.AccessToken.Reveal(), TokenType);
        foreach (FieldDescription header in TokenHeaders.For(session.Service.Description, TokenType))
        {
            if (header.Template?.Fill(values) is { } value)
            {
                headers[header.Name] = value;
            }
        }

        return headers;
    }

    /// <summary>The access token in plain text. Do not log it.</summary>
    public string ToPlainText() => Tokens.AccessToken.Reveal();

    /// <summary>What it is, never the token.</summary>
    public override string ToString() => $"{TokenType} token of {Authority}, ends {ExpiresOn:u}";

    private static IReadOnlyDictionary<string, object?> ReadClaims(TokenSet tokens) =>
        JwtDecoder.TryReadClaims(tokens.AccessToken.Reveal())?.ToDictionary(claim => claim.Key, claim => claim.Value, StringComparer.Ordinal)
        ?? NoClaims;
}
