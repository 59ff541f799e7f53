using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What the ways to get a token are fed with; each takes what it needs.</summary>
internal sealed record GrantInput
{
    public string? UserName { get; init; }

    public Secret? Password { get; init; }

    /// <summary>A second factor's code. Works once, so it is not used again at a renewal.</summary>
    public Secret? Otp { get; init; }

    /// <summary>Asks the person who is there for a second factor's code, by a question without a colon; null where nobody can be asked.</summary>
    public Func<string, CancellationToken, Task<Secret?>>? AskForCode { get; init; }

    /// <summary>The wish for a lifetime, e.g. <c>7d</c>.</summary>
    public string? TokenDuration { get; init; }

    public Secret? RefreshToken { get; init; }

    /// <summary>The first half of a code flow; with <see cref="CallbackUri"/> its second half.</summary>
    public AuthorizationRequest? AuthorizationRequest { get; init; }

    /// <summary>Where the server sent the browser, whole: it holds the code.</summary>
    public Secret? CallbackUri { get; init; }

    /// <summary>Null takes the description's, else a free port of 127.0.0.1.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Who is to sign in (OpenID Connect Core, section 3.1.2.1); by itself it means a backchannel sign-in (CIBA).</summary>
    public string? LoginHint { get; init; }

    /// <summary>As OpenID Connect Core, section 3.1.2.1, has it: <c>login</c>, <c>consent</c>, <c>none</c>, ...</summary>
    public string? Prompt { get; init; }

    /// <summary>The browser to start; null is the system's.</summary>
    public string? BrowserPath { get; init; }

    /// <summary>How long a person may take; null is five minutes, or what the server says.</summary>
    public TimeSpan? InteractionTimeout { get; init; }

    /// <summary>What both sides show of a backchannel sign-in, so that a person can compare.</summary>
    public string? BindingMessage { get; init; }

    public Secret? SubjectToken { get; init; }

    /// <summary>A URN of RFC 8693, section 3, or its last word (<c>access_token</c>, <c>jwt</c>, ...); null is an access token.</summary>
    public string? SubjectTokenType { get; init; }

    public Secret? ActorToken { get; init; }

    public string? ActorTokenType { get; init; }

    public string? RequestedTokenType { get; init; }

    /// <summary>For the jwt-bearer grant (RFC 7523, section 2.1).</summary>
    public Secret? Assertion { get; init; }

    /// <summary>An API key in place of any sign-in.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>The caller's own issuer.</summary>
    public AuthIssuer? Issuer { get; init; }

    /// <summary>For whom that issuer makes a token.</summary>
    public string? Subject { get; init; }

    /// <summary>Everything in it that tells two credentials apart, in a fixed order; values may be null.</summary>
    public IEnumerable<Secret?> Secrets => [Password, RefreshToken, SubjectToken, ActorToken, Assertion, ApiKey];

    /// <summary>The same for what is no secret.</summary>
    public IEnumerable<string?> Texts => [UserName, TokenDuration, LoginHint, SubjectTokenType, ActorTokenType, RequestedTokenType, AuthorizationRequest?.State, Issuer?.InstanceId, Subject];

    /// <summary>Whether the caller brought something to sign in with.</summary>
    public bool IsPresent => Password is not null || RefreshToken is not null || AuthorizationRequest is not null || SubjectToken is not null
        || Assertion is not null || ApiKey is not null || Issuer is not null;
}
