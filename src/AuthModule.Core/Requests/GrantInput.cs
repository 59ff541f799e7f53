using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What the ways to get a token are fed with; each takes what it needs.</summary>
internal sealed record GrantInput
{
    [Identity(1)]
    public string? UserName { get; init; }

    [Identity(10, SignsIn = true)]
    public Secret? Password { get; init; }

    /// <summary>A second factor's code. Works once, so it is not used again at a renewal.</summary>
    [NoIdentity("it proves the password's owner once more and works once")]
    public Secret? Otp { get; init; }

    /// <summary>Asks the person who is there for a second factor's code, by a question without a colon; null where nobody can be asked.</summary>
    [NoIdentity("whom this call can ask")]
    public Func<string, CancellationToken, Task<Secret?>>? AskForCode { get; init; }

    /// <summary>The wish for a lifetime, e.g. <c>7d</c>.</summary>
    [Identity(2)]
    public string? TokenDuration { get; init; }

    [Identity(11, SignsIn = true)]
    public Secret? RefreshToken { get; init; }

    /// <summary>The first half of a code flow; with <see cref="CallbackUri"/> its second half.</summary>
    [Identity(7, SignsIn = true)]
    public AuthorizationRequest? AuthorizationRequest { get; init; }

    /// <summary>Where the server sent the browser, whole: it holds the code.</summary>
    [NoIdentity("it works once, and belongs to the authorization request")]
    public Secret? CallbackUri { get; init; }

    /// <summary>Null takes the description's, else a free port of 127.0.0.1.</summary>
    [NoIdentity("where the browser ends, not who signs in")]
    public string? RedirectUri { get; init; }

    /// <summary>Who is to sign in (OpenID Connect Core, section 3.1.2.1); by itself it means a backchannel sign-in (CIBA).</summary>
    [Identity(3)]
    public string? LoginHint { get; init; }

    /// <summary>As OpenID Connect Core, section 3.1.2.1, has it: <c>login</c>, <c>consent</c>, <c>none</c>, ...</summary>
    [NoIdentity("how the person is asked, not who signs in")]
    public string? Prompt { get; init; }

    /// <summary>How long ago the person may have signed in (<c>max_age</c>); null for any time.</summary>
    [NoIdentity("how fresh the sign-in has to be: a session whose person signed in earlier is not taken")]
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>How the person has to sign in: one of these (<c>acr_values</c>), separated by spaces; null for any.</summary>
    [Identity(16)]
    public string? ContextClasses { get; init; }

    /// <summary>The claims that are asked for one by one, as JSON (OpenID Connect Core, section 5.5); null for none.</summary>
    [Identity(17)]
    public string? ClaimsRequest { get; init; }

    /// <summary>The browser to start; null is the system's.</summary>
    [NoIdentity("this machine's own")]
    public string? BrowserPath { get; init; }

    /// <summary>How long a person may take; null is five minutes, or what the server says.</summary>
    [NoIdentity("how long this call waits")]
    public TimeSpan? InteractionTimeout { get; init; }

    /// <summary>What both sides show of a backchannel sign-in, so that a person can compare.</summary>
    [NoIdentity("shown once, to compare")]
    public string? BindingMessage { get; init; }

    [Identity(12, SignsIn = true)]
    public Secret? SubjectToken { get; init; }

    /// <summary>A URN of RFC 8693, section 3, or its last word (<c>access_token</c>, <c>jwt</c>, ...); null is an access token.</summary>
    [Identity(4)]
    public string? SubjectTokenType { get; init; }

    [Identity(13)]
    public Secret? ActorToken { get; init; }

    [Identity(5)]
    public string? ActorTokenType { get; init; }

    [Identity(6)]
    public string? RequestedTokenType { get; init; }

    /// <summary>For the jwt-bearer grant (RFC 7523, section 2.1).</summary>
    [Identity(14, SignsIn = true)]
    public Secret? Assertion { get; init; }

    /// <summary>An API key in place of any sign-in.</summary>
    [Identity(15, SignsIn = true)]
    public Secret? ApiKey { get; init; }

    /// <summary>The caller's own issuer.</summary>
    [Identity(8, SignsIn = true)]
    public AuthIssuer? Issuer { get; init; }

    /// <summary>For whom that issuer makes a token.</summary>
    [Identity(9)]
    public string? Subject { get; init; }

    /// <summary>Whether the caller brought something to sign in with.</summary>
    public bool IsPresent => RequestIdentity<GrantInput>.SignsIn(this);
}
