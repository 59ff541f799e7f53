using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>The ways to sign in besides a secret and a password. A token or key in the environment is a way where the command line names none.</summary>
internal sealed class WayOptions : OptionGroup
{
    public const string Assertion = "AUTHMODULE_ASSERTION";
    public const string SubjectToken = "AUTHMODULE_SUBJECT_TOKEN";
    public const string ActorToken = "AUTHMODULE_ACTOR_TOKEN";
    public const string ApiKey = "AUTHMODULE_API_KEY";
    public const string DecryptionPassword = "AUTHMODULE_DECRYPTION_KEY_PASSWORD";

    private readonly Option<bool> interactive;
    private readonly Option<bool> deviceCode;
    private readonly Option<string?> loginHint;
    private readonly Option<string?> bindingMessage;
    private readonly Option<string?> prompt;
    private readonly Option<string?> browserPath;
    private readonly Option<string?> redirectUri;
    private readonly Option<TimeSpan?> maxAge;
    private readonly Option<string?> acrValues;
    private readonly Option<string?> claims;
    private readonly Option<string?> decryptionKey;
    private readonly Option<string?> securityProfile;
    private readonly Option<bool> assertionStdin;
    private readonly Option<bool> subjectStdin;
    private readonly Option<string?> subjectType;
    private readonly Option<bool> actorStdin;
    private readonly Option<string?> actorType;
    private readonly Option<string?> requestedType;
    private readonly Option<string?> assertionSource;
    private readonly Option<bool> managedIdentity;
    private readonly Option<bool> refreshTokenStdin;
    private readonly Option<bool> apiKeyStdin;
    private readonly Option<bool> dpop;

    public WayOptions()
        : base("Another way to sign in")
    {
        interactive = Add(NewOption.Flag("--interactive", "A person signs in with this machine's browser. Its address is told on stderr too."));
        deviceCode = Add(NewOption.Flag("--device-code", "A person signs in with another device: address, code and QR code are on stderr."));
        loginHint = Add(NewOption.Text("--login-hint", "NAME", "Who is to sign in; without --interactive the service asks them on their own device (CIBA)."));
        bindingMessage = Add(NewOption.Text("--binding-message", "TEXT", "With --login-hint: what both sides show, to compare."));
        prompt = Add(NewOption.Text("--prompt", "WORD", "What the service shall ask of the person: login, consent, select_account, none."));
        browserPath = Add(NewOption.Text("--browser-path", "PATH", "The browser to start in place of the system's."));
        redirectUri = Add(NewOption.Text("--redirect-uri", "URI", "Where the browser comes back to (a free port of 127.0.0.1)."));
        maxAge = Add(NewOption.Time("--max-age", "How long ago the person may have signed in at most: 0, 90, 30m. Needs the scope openid."));
        acrValues = Add(NewOption.Text("--acr-values", "VALUES", "How the person has to be known, with spaces between; the ID token names one of them."));
        claims = Add(NewOption.Text("--claims", "JSON", "Single claims to ask for (OpenID Connect Core, section 5.5)."));
        decryptionKey = Add(NewOption.Text("--decryption-key", "PATH", $"The private key (PEM, JWK, JWK set, PFX) that ID tokens are encrypted to ({DecryptionPassword})."));
        securityProfile = Add(NewOption.Text("--security-profile", "NAME", "Hold to a profile, and refuse what it forbids: Fapi2."));
        assertionStdin = Add(NewOption.Flag("--assertion-stdin", $"Sign in with the signed JWT on stdin (else {Assertion}; RFC 7523)."));
        subjectStdin = Add(NewOption.Flag("--subject-token-stdin", $"Exchange the token on stdin (else {SubjectToken}; RFC 8693)."));
        subjectType = Add(NewOption.Text("--subject-token-type", "TYPE", "What it is: access_token, id_token, jwt, ... or a URN."));
        actorStdin = Add(NewOption.Flag("--actor-token-stdin", $"The token of who acts for the subject (else {ActorToken})."));
        actorType = Add(NewOption.Text("--actor-token-type", "TYPE", "What that is."));
        requestedType = Add(NewOption.Text("--requested-token-type", "TYPE", "What shall come of the exchange."));
        assertionSource = Add(NewOption.Text("--assertion-source", "SOURCE", "A workload signs in by its platform: file:PATH, kubernetes, github, azure-pipelines."));
        managedIdentity = Add(NewOption.Flag("--managed-identity", "The cloud machine's own token; --provider says which cloud."));
        refreshTokenStdin = Add(NewOption.Flag("--refresh-token-stdin", "Sign in with the refresh token on stdin."));
        apiKeyStdin = Add(NewOption.Flag("--api-key-stdin", $"Use the API key on stdin (else {ApiKey})."));
        dpop = Add(NewOption.Flag("--dpop", "Bind the token to a key of the session (RFC 9449); 'authmodule call' proves it."));
    }

    /// <exception cref="UsageException">Two ways exclude each other; a detail is of a way that was not chosen.</exception>
    public async Task<TokenRequest> AddAsync(TokenRequest request, Invocation call, CancellationToken cancellationToken)
    {
        ParseResult parsed = call.Parsed;
        Option? chosen = Chosen(parsed);
        bool isOpen = chosen is null && request.Input.UserName is null;
        string? source = parsed.GetValue(assertionSource);
        Secret? assertion = await SecretInput.ReadAsync(call, assertionStdin, cancellationToken) ?? FromEnvironment(call, Assertion, isOpen);
        Secret? subject = await SecretInput.ReadAsync(call, subjectStdin, cancellationToken)
            ?? FromEnvironment(call, SubjectToken, (isOpen && assertion is null) || parsed.GetValue(actorStdin));
        Secret? apiKey = await SecretInput.ReadAsync(call, apiKeyStdin, cancellationToken)
            ?? FromEnvironment(call, ApiKey, isOpen && assertion is null && subject is null);
        Secret? actor = subject is null ? null : await SecretInput.ReadAsync(call, actorStdin, ActorToken, cancellationToken);
        RequireWay(parsed, subject is not null, "a token exchange (--subject-token-stdin)", subjectType, actorStdin, actorType, requestedType);
        RequireWay(parsed, chosen == interactive, "--interactive", browserPath);
        RequireWay(parsed, chosen is null || chosen == interactive, "a sign-in by browser", prompt, redirectUri, maxAge, acrValues, claims);
        return request with
        {
            Grant = GrantOf(chosen, assertion, subject, apiKey) ?? request.Grant,
            UseDpop = parsed.GetValue(dpop),
            SecurityProfile = parsed.GetValue(securityProfile),
            DecryptionKey = parsed.GetValue(decryptionKey) is { } key
                ? new DecryptionKeyPlace(Path.GetFullPath(key), Secret.FromOptional(call.Context.Environment.Get(DecryptionPassword)))
                : null,
            Client = source is null ? request.Client : request.Client with { AssertionSource = AssertionSourceReader.Read(source) },
            Input = request.Input with
            {
                LoginHint = parsed.GetValue(loginHint),
                BindingMessage = parsed.GetValue(bindingMessage),
                Prompt = parsed.GetValue(prompt),
                BrowserPath = parsed.GetValue(browserPath),
                RedirectUri = parsed.GetValue(redirectUri),
                MaximumAge = parsed.GetValue(maxAge),
                ContextClasses = parsed.GetValue(acrValues),
                ClaimsRequest = parsed.GetValue(claims),
                Assertion = assertion,
                SubjectToken = subject,
                SubjectTokenType = parsed.GetValue(subjectType),
                ActorToken = actor,
                ActorTokenType = parsed.GetValue(actorType),
                RequestedTokenType = parsed.GetValue(requestedType),
                RefreshToken = await SecretInput.ReadAsync(call, refreshTokenStdin, cancellationToken),
                ApiKey = apiKey,
            },
        };
    }

    private static Secret? FromEnvironment(Invocation call, string variable, bool counts) =>
        counts ? Secret.FromOptional(call.Context.Environment.Get(variable)) : null;

    private static void RequireWay(ParseResult parsed, bool isChosen, string way, params Option[] details)
    {
        if (!isChosen && details.FirstOrDefault(detail => parsed.GetResult(detail) is { Implicit: false }) is { } stray)
        {
            throw new UsageException($"{stray.Name} belongs to {way}.");
        }
    }

    private string? GrantOf(Option? chosen, Secret? assertion, Secret? subject, Secret? apiKey) =>
        chosen == interactive ? GrantNames.Interactive
        : chosen == deviceCode ? GrantNames.DeviceCode
        : chosen == loginHint ? GrantNames.Backchannel
        : chosen == assertionSource ? GrantNames.Workload
        : chosen == managedIdentity ? GrantNames.ManagedIdentity
        : assertion is not null ? GrantNames.JwtBearer
        : subject is not null ? GrantNames.TokenExchange
        : apiKey is not null ? GrantNames.ApiKey
        : null;

    private Option? Chosen(ParseResult parsed)
    {
        List<Option> ways = [.. new Option[] { interactive, deviceCode, assertionStdin, subjectStdin, actorStdin, assertionSource, managedIdentity, refreshTokenStdin, apiKeyStdin }
            .Where(way => parsed.GetResult(way) is { Implicit: false })];
        ways.RemoveAll(way => way == actorStdin && ways.Contains(subjectStdin));
        if (ways.Count > 1)
        {
            throw new UsageException($"{ways[0].Name} and {ways[1].Name} exclude each other: each says how to sign in.");
        }

        // With --interactive it is a detail, by itself it is a way of its own.
        return ways.SingleOrDefault() ?? (parsed.GetValue(loginHint) is not null ? loginHint : null);
    }
}
