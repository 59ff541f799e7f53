using System;
using System.Management.Automation;
using System.Security;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Commands;

/// <summary>
/// A token with enough life left: from the session, by refreshing it, or by acquiring a new one. Each way to prove who you are
/// is a parameter set of its own, in a file of its own.
/// </summary>
[Cmdlet(VerbsCommon.Get, "AuthToken", DefaultParameterSetName = CurrentSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthToken))]
public sealed partial class GetAuthTokenCommand : SignInCommand
{
    private const string CurrentSet = "Current";

    private static readonly TokenRequest Nothing = new();

    /// <summary>The session to take the token from; without it the current one.</summary>
    [Parameter(ParameterSetName = CurrentSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession? Session { get; set; }

    /// <summary>The time that the token must have left.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan MinimumLifetime { get; set; }

    /// <summary>A new token, whatever there is.</summary>
    [Parameter]
    public SwitchParameter ForceRefresh { get; set; }

    /// <summary>Only a token that the session or the store has already: nothing is sent, and NoSession is the answer where there is none. With -MinimumLifetime 0 also one that has ended.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>Where the tokens are kept; <c>memory</c> where nothing else is said.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StoreCompleter))]
    public string? Store { get; set; }

    /// <summary>Binds the tokens to a key of the session, so that a stolen one is of no use (RFC 9449).</summary>
    [Parameter]
    public SwitchParameter Dpop { get; set; }

    /// <summary>The key that the service encrypts ID tokens and UserInfo replies to: a PEM, JWK, JWK set or PFX file, or a certificate (<c>Cert:\CurrentUser\My\...</c>).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DecryptionKey { get; set; }

    /// <summary>The password of <see cref="DecryptionKey"/> where that is an encrypted PEM or a PFX.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? DecryptionKeyPassword { get; set; }

    /// <summary>Fails where a person would have to act.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>Gives the access token as a string, in plain text.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Gives the headers for <c>-Headers</c> of a web cmdlet, in plain text.</summary>
    [Parameter]
    public SwitchParameter AsHeader { get; set; }

    // Only an issuer of the user's own can have a store that is script, only a workload reads its assertion by one, and only a
    // profile, named or by environment, refers to a vault.
    private protected override bool RunsScripts =>
        Issuer is not null || AssertionSource is not null || Profile is not null
        || (Session ?? Sessions.Current)?.Request is null or { Input.Issuer: not null } or { Client.AssertionSource: not null } or { References.Count: > 0 }
        || (Session is null && Authority is null && Provider is null && MyInvocation.BoundParameters.Count > 0);

    private protected override void Run()
    {
        if (AsPlainText && AsHeader)
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, "-AsPlainText and -AsHeader exclude each other.", "Use one of them.");
        }

        if (Offline && ForceRefresh)
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, "-Offline and -ForceRefresh exclude each other.", "Use one of them.");
        }

        AuthSession session = OpenSession();
        if (Offline)
        {
            Write(Wait(new ValueTask<AuthToken>(Engine.FindTokenAsync(Sessions, session, Need(), Log, StopToken))));
        }
        else if (IsAsked && FindKept(session) is { } kept)
        {
            Write(kept);
        }
        else if (!IsAsked || ShouldProcess(session.Authority, $"Get a token by {session.Grant}"))
        {
            Write(Wait(Engine.GetTokenAsync(Sessions, session, Need(), Log, StopToken)));
        }
    }

    // Whether somebody wants to know, or to be asked, before anything is sent. Else nothing stands between a caller and a token that is there.
    private bool IsAsked =>
        MyInvocation.BoundParameters.ContainsKey("WhatIf") || MyInvocation.BoundParameters.ContainsKey("Confirm")
        || SessionState.PSVariable.GetValue("WhatIfPreference") is SwitchParameter { IsPresent: true } or true
        || SessionState.PSVariable.GetValue("ConfirmPreference") is ConfirmImpact.Low;

    // What is handed out without asking the service; null where the service would be asked.
    private AuthToken? FindKept(AuthSession session)
    {
        try
        {
            return ForceRefresh ? null : Wait(new ValueTask<AuthToken>(Engine.FindTokenAsync(Sessions, session, Need(), Log, StopToken)));
        }
        catch (AuthException nothing) when (nothing.Code == AuthErrorId.NoSession)
        {
            return null;
        }
    }

    private void Write(AuthToken token)
    {
        if (AsHeader)
        {
            WriteObject(token.ToHeader());
        }
        else if (AsPlainText)
        {
            WriteObject(token.ToPlainText());
        }
        else
        {
            WriteObject(token);
        }
    }

    private protected override TokenRequest Request() =>
        WithGrant(base.Request() with
        {
            Store = StorePlace.Resolve(this, Store),
            IsNonInteractive = NonInteractive,
            UseDpop = Dpop,
            DecryptionKey = DecryptionArgument.Read(this, DecryptionKey, DecryptionKeyPassword),
        });

    private AuthSession OpenSession()
    {
        if (Session is null)
        {
            bool asksNothing = MyInvocation.BoundParameters.Count == 0;
            AuthSession opened = Wait(Engine.OpenAsync(Sessions, asksNothing ? Nothing : Request(), Log, StopToken));
            if (!asksNothing)
            {
                Reach(opened);
            }

            return opened;
        }

        if (Authority is not null || Provider is not null || Profile is not null || ClientId is not null)
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, "-Session names the service and client already.", "Leave out -Authority, -Provider, -Profile and -ClientId, or leave out -Session.");
        }

        Reach(Session);
        return Session;
    }

    private TokenRequirement Need() => new(MyInvocation.BoundParameters.ContainsKey(nameof(MinimumLifetime)) ? Duration.NotNegative(MinimumLifetime, "-MinimumLifetime") : null, ForceRefresh);

    // One line per parameter set.
    private TokenRequest WithGrant(TokenRequest request) => ParameterSetName switch
    {
        ClientCredentialsSet => WithClientCredentials(request),
        PasswordSet => WithPassword(request),
        InteractiveSet => WithInteractive(request),
        DeviceCodeSet => WithDeviceCode(request),
        AuthorizationCodeSet => WithAuthorizationCode(request),
        BackchannelSet => WithBackchannel(request),
        RefreshTokenSet => WithRefreshToken(request),
        TokenExchangeSet => WithTokenExchange(request),
        AssertionSet => WithAssertion(request),
        WorkloadSet => WithWorkload(request),
        ApiKeySet => WithApiKey(request),
        IssuerSet => WithIssuer(request),
        _ => request,
    };
}
