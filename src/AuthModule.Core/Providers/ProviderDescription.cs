using System;
using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>A service as data: everything that the engine knows of it. <see cref="DescriptionReader"/> reads it from JSON.</summary>
internal sealed record ProviderDescription
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    public string? Documentation { get; init; }

    /// <summary>Where its facts were read, and when; null where it does not say.</summary>
    public FactSource? Facts { get; init; }

    /// <summary>Built in, or the file that it came from.</summary>
    public required string Source { get; init; }

    public AuthorityDescription Authority { get; init; } = new();

    /// <summary>What <c>-Parameter</c> may and must hold.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    /// <summary>True where endpoints are found by discovery; those of the description come first.</summary>
    public bool UsesDiscovery { get; init; }

    /// <summary>Whether its ID tokens are those of OpenID Connect and verified; null where that follows from its keys and issuer.</summary>
    public bool? IsOpenId { get; init; }

    /// <summary>The issuer of tokens and metadata, the first that can be filled; none is the authority.</summary>
    public TemplateChoice Issuer { get; init; } = TemplateChoice.None;

    public IReadOnlyDictionary<string, TemplateChoice> Endpoints { get; init; } = new Dictionary<string, TemplateChoice>();

    /// <summary>Hosts that discovery may name besides the authority's.</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    /// <summary>By the name of the grant (RFC 6749 <c>grant_type</c> or our own); the first is taken where the call does not say.</summary>
    public IReadOnlyList<KeyValuePair<string, OperationDescription>> Grants { get; init; } = [];

    /// <summary>What the service does besides handing out tokens: <c>revocation</c>, <c>signOut</c>, <c>apiKeyCreate</c>, ...</summary>
    public IReadOnlyList<KeyValuePair<string, OperationDescription>> Operations { get; init; } = [];

    public ReplyDescription Reply { get; init; } = new();

    public ErrorDescription Errors { get; init; } = new();

    /// <summary>Between scopes in a request.</summary>
    public string ScopeSeparator { get; init; } = " ";

    /// <summary>Ways for the client to authenticate, the best first; empty leaves it to discovery.</summary>
    public IReadOnlyList<string> ClientAuthentication { get; init; } = [];

    /// <summary>Headers of every request to the service.</summary>
    public IReadOnlyList<FieldDescription> RequestHeaders { get; init; } = [];

    /// <summary>Headers that carry a token to an API; null is <c>Authorization: Bearer</c> (RFC 6750).</summary>
    public IReadOnlyList<FieldDescription>? TokenHeaders { get; init; }

    /// <summary>Headers that carry an API key.</summary>
    public IReadOnlyList<FieldDescription>? ApiKeyHeaders { get; init; }

    /// <summary>What carries a token behind the address of an API call.</summary>
    public IReadOnlyList<FieldDescription> TokenQuery { get; init; } = [];

    /// <summary>The same for an API key.</summary>
    public IReadOnlyList<FieldDescription> ApiKeyQuery { get; init; } = [];

    /// <summary>Environment variables, by the request's own names (<c>clientId</c>, <c>clientSecret</c>, <c>scope</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Environment { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The names of claims where the service differs from the standards: <c>groups</c>, <c>scope</c>, <c>client</c>, <c>tokenUse</c>.</summary>
    public IReadOnlyDictionary<string, string> Claims { get; init; } = new Dictionary<string, string>();

    /// <summary>Where browsers are sent after a sign-in when the call does not say; null is a free port of 127.0.0.1.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Whom a platform's assertion has to name; null is the issuer.</summary>
    public Template? AssertionAudience { get; init; }

    /// <summary>Whom a client's own assertion names; null is the issuer.</summary>
    public Template? ClientAssertionAudience { get; init; }

    /// <summary>Plain http is accepted for link-local addresses, where a cloud puts what only the machine itself can reach.</summary>
    public bool AllowsLinkLocalHttp { get; init; }

    /// <summary>How many requests the service allows in how many seconds; null where it does not say.</summary>
    public RateDescription? Rate { get; init; }

    /// <summary>The wish for a lifetime where the call has none, e.g. <c>7d</c>.</summary>
    public string? TokenDuration { get; init; }

    /// <summary>It publishes its issuer, names it, or says where its keys are: tokens of it can be told from others.</summary>
    public bool KnowsIssuer => UsesDiscovery || Issuer.Templates.Count > 0 || Endpoints.ContainsKey("jwks");

    /// <summary>JWTs that the client makes itself.</summary>
    public IReadOnlyList<AssertionDescription> Assertions { get; init; } = [];

    /// <summary>Cookies that the service sets are kept with the session and sent back.</summary>
    public bool KeepsCookies { get; init; }

    /// <summary>How long before its end a token is renewed; null leaves it to us.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>How long before its end the service takes the first renewal by a refresh token; null is any time.</summary>
    public TimeSpan? RenewNotBefore { get; init; }

    public OperationDescription? Grant(string name) => Find(Grants, name);

    public OperationDescription? Operation(string name) => Find(Operations, name);

    private static OperationDescription? Find(IReadOnlyList<KeyValuePair<string, OperationDescription>> list, string name)
    {
        foreach (KeyValuePair<string, OperationDescription> operation in list)
        {
            if (operation.Key == name)
            {
                return operation.Value;
            }
        }

        return null;
    }
}

/// <summary>How the address that a user types becomes the service's base address.</summary>
internal sealed record AuthorityDescription
{
    /// <summary>Taken where the call and the environment have none; without one <c>-Authority</c> is required.</summary>
    public TemplateChoice Default { get; init; } = TemplateChoice.None;

    /// <summary>Path endings that users paste and the description adds itself.</summary>
    public IReadOnlyList<Template> StripSuffixes { get; init; } = [];

    /// <summary>What is put behind it.</summary>
    public Template? Append { get; init; }
}

/// <summary>One entry of <c>-Parameter</c>.</summary>
internal sealed record ParameterDescription
{
    public required string Name { get; init; }

    public string? Default { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Its values are secrets, in whatever form they are given.</summary>
    public bool IsSecret { get; init; }

    public string? Pattern { get; init; }

    public IReadOnlyList<string> Environment { get; init; } = [];

    public string? Explanation { get; init; }
}

/// <summary>So many requests in so many seconds.</summary>
internal sealed record RateDescription(int Requests, int Seconds);
