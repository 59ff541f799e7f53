using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.Jose.Tokens;
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
    private readonly Option<string?> jwks;
    private readonly Option<TimeSpan?> clockSkew;
    private readonly Option<bool> offline;

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
            new Dictionary<string, TokenUse> { ["access"] = TokenUse.Access, ["id"] = TokenUse.Id, ["any"] = TokenUse.Any }));
        requiredScope = Add(NewOption.Texts("--required-scope", "SCOPE", "A scope that it has to have."));
        scopeMatch = Add(NewOption.Choice(
            "--scope-match",
            "How many of these scopes (all).",
            ScopeMatch.All,
            new Dictionary<string, ScopeMatch> { ["all"] = ScopeMatch.All, ["any"] = ScopeMatch.Any }));
        requiredGroup = Add(NewOption.Texts("--required-group", "GROUP", "A group that its subject has to be in."));
        requiredClaim = Add(NewOption.Pairs("--required-claim", "A claim and its value; several values of one claim: one of them."));
        jwks = Add(NewOption.Text("--jwks", "PATH|URL", "The issuer's keys, where they are not found by the authority."));
        clockSkew = Add(NewOption.Time("--clock-skew", "How far clocks may be apart: 0, 90, 2m (1 minute)."));
        offline = Add(NewOption.Flag("--offline", "Shape and expiry only: nothing is sent, nothing is verified."));
    }

    public bool IsOffline(Invocation call) => call.Parsed.GetValue(offline);

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
            RequiredScopes = WantedOptions.Words(parsed.GetValue(requiredScope)),
            ScopeMatch = parsed.GetValue(scopeMatch),
            RequiredGroups = parsed.GetValue(requiredGroup)!,
            RequiredClaims = parsed.GetValue(requiredClaim)!.ToDictionary(static claim => claim.Key, static claim => (object?)claim.SelectMany(Readings).ToArray(), StringComparer.Ordinal),
            Offline = IsOffline(call),
        };
        return parsed.GetValue(clockSkew) is { } skew ? rules with { ClockSkew = skew } : rules;
    }

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
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            yield return number;
        }
    }
}
