using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Tokens;
using AuthModule.Validation;

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
    public string[] Scopes => VisibleText.OfValues(Tokens.Scopes);

    /// <summary>
    /// Whom it stands for: the <c>sub</c> of a verified ID token, else what the service's reply or the user name says, else the access
    /// token's own. Never from an ID token that was not verified. Null where nothing says so, as for most clients.
    /// </summary>
    public string? Subject => Tokens.Subject is { } subject ? VisibleText.OfValue(subject) : null;

    /// <summary>Whether it can be renewed without signing in again.</summary>
    public bool HasRefreshToken => Tokens.RefreshToken is not null;

    /// <summary>The ID token (OpenID Connect Core, section 2) as a read-only copy; null where there is none.</summary>
    public SecureString? IdToken => Tokens.IdToken?.ToSecureString();

    /// <summary>
    /// The claims of a JWT access token, not verified: for reading only. Empty for an opaque one. What would steer a terminal is
    /// escaped as in JSON, here and in <see cref="Subject"/> and <see cref="Scopes"/>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Claims => claims ??= ReadClaims(Tokens);

    /// <summary>
    /// What the provider's description keeps of the service's replies, by its names for it: a string, or a read-only
    /// <see cref="SecureString"/> where the description says that it is secret. Empty where it keeps nothing.
    /// </summary>
    public IReadOnlyDictionary<string, object> Properties => Tokens.Kept
        .Where(value => !SessionCookies.IsCookies(value))
        .ToDictionary(value => value.Name, value => (object?)value.Text ?? value.Hidden!.ToSecureString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the provider.</summary>
    public string Provider => session.Provider;

    /// <summary>The address of the service.</summary>
    public string Authority => session.Authority;

    /// <summary>The client; null where the service knows no clients.</summary>
    public string? ClientId => session.ClientId;

    /// <summary>The session it belongs to: <see cref="AuthSession.Id"/>.</summary>
    public string SessionId => session.Id;

    /// <summary>Whether it will be handed out as it is (Fresh), renewed first (Stale), or has ended (Expired).</summary>
    public SessionState State => Freshness.StateOf(Tokens, session);

    internal TokenSet Tokens { get; }

    internal AuthSession Session => session;

    /// <summary>The headers that carry this token to an API, in plain text. Do not log it.</summary>
    public Hashtable ToHeader()
    {
        var headers = new Hashtable(StringComparer.OrdinalIgnoreCase);
        TemplateValues values = TokenHeaders.ValuesOf(session, Tokens, new SecretScrubber());
        foreach (FieldDescription header in TokenHeaders.ForCall(session.Service.Description, TokenType))
        {
            if (RequestDraft.HeaderValue(header, values) is { } value)
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
        JwtDecoder.TryReadClaims(tokens.AccessToken.Reveal()) is { } claims ? VisibleValues.Of(claims) : NoClaims;
}
