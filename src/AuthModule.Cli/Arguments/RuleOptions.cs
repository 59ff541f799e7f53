using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Validation;

namespace AuthModule.Cli.Arguments;

/// <summary>What a token has to be to pass.</summary>
internal sealed class RuleOptions : OptionGroup
{
    private readonly Option<string[]> issuer;
    private readonly Option<string[]> audience;
    private readonly Option<string[]> clientId;
    private readonly Option<TokenUse> tokenUse;
    private readonly Option<string[]> requiredScope;
    private readonly Option<ScopeMatch> scopeMatch;
    private readonly Option<string[]> requiredGroup;
    private readonly Option<ILookup<string, string>> requiredClaim;
    private readonly Option<string?> clientCertificate;
    private readonly Option<string?> jwks;
    private readonly Option<TimeSpan?> clockSkew;
    private readonly Option<bool> offline;
    private readonly Option<bool> introspect;
    private readonly Option<string?> asker;

    public RuleOptions()
        : base("The rules")
    {
        issuer = Add(NewOption.Texts("--issuer", "URL", "Who has to have issued it, where that is not the authority."));
        audience = Add(NewOption.Texts("--audience", "NAME", "Whom it has to be meant for: one of these."));
        clientId = Add(NewOption.Texts("--client-id", "ID", "The client that it has to be issued to: one of these."));
        tokenUse = Add(NewOption.Choice(
            "--token-use",
            "Which kind of token it has to be (access).",
            TokenUse.Access,
            new Dictionary<string, TokenUse> { ["access"] = TokenUse.Access, ["id"] = TokenUse.Id, ["any"] = TokenUse.Any, ["logout"] = TokenUse.Logout }));
        requiredScope = Add(NewOption.Texts("--required-scope", "SCOPE", "A scope that it has to have."));
        scopeMatch = Add(NewOption.Choice(
            "--scope-match",
            "How many of these scopes (all).",
            ScopeMatch.All,
            new Dictionary<string, ScopeMatch> { ["all"] = ScopeMatch.All, ["any"] = ScopeMatch.Any }));
        requiredGroup = Add(NewOption.Texts("--required-group", "GROUP", "A group that its subject has to be in."));
        requiredClaim = Add(NewOption.Pairs("--required-claim", "A claim and its value; several values of one claim: one of them."));
        clientCertificate = Add(NewOption.Text("--client-certificate", "PATH", "The certificate that the caller showed (PEM or DER), for tokens that are bound to one."));
        jwks = Add(NewOption.Text("--jwks", "PATH|URL", "The issuer's keys, where they are not found by the authority."));
        clockSkew = Add(NewOption.Time("--clock-skew", "How far clocks may be apart: 0, 90, 2m (1 minute)."));
        introspect = Add(NewOption.Flag("--introspect", "Ask the service (RFC 7662), which knows of revocations and of opaque tokens."));
        asker = Add(NewOption.Text("--introspection-client", "ID", "The client that asks; its secret is AUTHMODULE_CLIENT_SECRET. Without it: the client of AUTHMODULE_CLIENT_ID."));
        offline = Add(NewOption.Flag("--offline", "Shape and expiry only: nothing is sent, nothing is verified."));
    }

    public bool IsOffline(Invocation call) => call.Parsed.GetValue(offline);

    public bool Introspects(Invocation call) => call.Parsed.GetValue(introspect);

    /// <summary>Who asks about the token; null leaves it to the service's own client.</summary>
    public TokenRequest? Asker(Invocation call) => call.Parsed.GetValue(asker) is { } id
        ? new TokenRequest { ClientId = id, Client = new ClientCredential { Secret = Secret.FromOptional(call.Context.Environment.Get(RequestDefaults.Prefix + "CLIENT_SECRET")) } }
        : null;

    public string? Jwks(Invocation call) => call.Parsed.GetValue(jwks);

    public ValidationRules Read(Invocation call)
    {
        ParseResult parsed = call.Parsed;
        var rules = new ValidationRules
        {
            Issuers = parsed.GetValue(issuer)!,
            Audiences = parsed.GetValue(audience)!,
            ClientIds = parsed.GetValue(clientId)!,
            Use = parsed.GetValue(tokenUse),
            RequiredScopes = Scopes(parsed.GetValue(requiredScope)!),
            ScopeMatch = parsed.GetValue(scopeMatch),
            RequiredGroups = parsed.GetValue(requiredGroup)!,
            RequiredClaims = parsed.GetValue(requiredClaim) is { Count: > 0 } claims
                ? claims.ToDictionary(static claim => claim.Key, static claim => (object?)claim.SelectMany(Readings).ToArray(), StringComparer.Ordinal)
                : null,
            CallerCertificate = parsed.GetValue(clientCertificate) is { } path ? CertificateThumbprint.Sha256(ShownCertificateFile.Read(path).RawData) : null,
            Offline = IsOffline(call),
        };
        return parsed.GetValue(clockSkew) is { } skew ? rules with { ClockSkew = skew } : rules;
    }

    // Several in one argument are several; none in one that was given is a fault that the engine tells.
    private static IReadOnlyList<string> Scopes(string[] given) => [.. given.SelectMany(static text => string.IsNullOrWhiteSpace(text) ? [text] : WantedOptions.Words([text]))];

    // An argument has no type: 5 means the text and the number, true the text and the flag.
    private static IEnumerable<object?> Readings(string text)
    {
        yield return text;
        if (bool.TryParse(text, out bool flag))
        {
            yield return flag;
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            yield return whole;
        }
        else if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal exact))
        {
            yield return exact;
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            yield return number;
        }
    }
}
