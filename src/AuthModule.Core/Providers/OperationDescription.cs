using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Providers;

/// <summary>How fields are put into a request.</summary>
internal enum FieldEncoding
{
    Form,
    Json,
    Query,
    Text,
    None,
}

/// <summary>What a request proves who asks with.</summary>
internal enum OperationCredential
{
    /// <summary>Nothing besides its fields.</summary>
    None,

    /// <summary>The client's own: secret, key or certificate (RFC 6749, section 2.3).</summary>
    Client,

    /// <summary>The session's access token or API key.</summary>
    Token,
}

/// <summary>One request of a service, as its description tells it. Optional parts are null where the grant's standard form applies.</summary>
internal sealed record OperationDescription
{
    /// <summary>The name of an endpoint of the description, or an address of its own with a slash in it.</summary>
    public string? Endpoint { get; init; }

    public string? Method { get; init; }

    public FieldEncoding? Encoding { get; init; }

    /// <summary>In the order in which they go out. Null takes the grant's standard fields.</summary>
    public IReadOnlyList<FieldDescription>? Fields { get; init; }

    /// <summary>The lines of a text body.</summary>
    public IReadOnlyList<Template> Body { get; init; } = [];

    /// <summary>In place of the encoding's own.</summary>
    public string? ContentType { get; init; }

    public IReadOnlyList<FieldDescription> Headers { get; init; } = [];

    /// <summary>The token itself, made here: nothing is sent.</summary>
    public Template? Token { get; init; }

    /// <summary>Sent ahead of the grant's own request.</summary>
    public IReadOnlyList<OperationDescription> Before { get; init; } = [];

    /// <summary>Sent behind the grant's own request, with its token.</summary>
    public IReadOnlyList<OperationDescription> After { get; init; } = [];

    /// <summary>What a reply that asks for a second factor looks like, and what answers it; null where the service has none.</summary>
    public ChallengeDescription? Challenge { get; init; }

    /// <summary>A step of a sign-in: the places that have to have a value, or it is not sent.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public OperationCredential? Credential { get; init; }

    /// <summary>How to read this reply where it differs from the description's general <c>reply</c>.</summary>
    public ReplyDescription? Reply { get; init; }

    /// <summary>Where the parts of another reply than a token are, by our names for them; a path as in <see cref="ReplyDescription"/>.</summary>
    public IReadOnlyDictionary<string, ReplyPlaces>? Result { get; init; }

    /// <summary>Another form of the same request, sent when this one is answered with one of <see cref="FallbackDescription.On"/>.</summary>
    public FallbackDescription? Fallback { get; init; }

    /// <summary>The operation that renews what this one got; null is <c>refresh_token</c> where the service has it.</summary>
    public string? RenewWith { get; init; }

    /// <summary>Which tokens a sign-out ends, <c>access</c> and <c>refresh</c>; null where only those count that each form of the request carries.</summary>
    public IReadOnlyList<string>? Ends { get; init; }

    /// <summary>Whether a sign-out that the service confirms has ended the access token.</summary>
    public bool EndsAccessToken => Ends?.Contains("access") ?? Carries(form => form.Credential == OperationCredential.Token || form.HasPlace("token") || form.HasPlace("accessToken"));

    /// <summary>The same for the refresh token.</summary>
    public bool EndsRefreshToken => Ends?.Contains("refresh") ?? Carries(form => form.HasPlace("refreshToken"));

    /// <summary>Whether each form of the request says which scopes are wanted.</summary>
    public bool CarriesScope => Carries(form => form.HasPlace("scope") || form.HasPlace("scopes"));

    /// <summary>Whether this form, without its fallback, has a field or header for a value.</summary>
    public bool HasPlace(string name) =>
        Templates.Any(template => template.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>What this form, without its fallback, is made of.</summary>
    public IEnumerable<Template> Templates => (Fields ?? []).Concat(Headers).SelectMany(one => one.Templates)
        .Concat(Body)
        .Concat(new[] { Token, AddressTemplate }.OfType<Template>());

    /// <summary>The endpoint where it is an address of its own and not the name of one.</summary>
    public Template? AddressTemplate => Endpoint is { } endpoint && IsAddress(endpoint) ? Template.Parse(endpoint) : null;

    /// <summary>Whether this says how a request is made, not only how its reply is read.</summary>
    public bool IsRequest => Endpoint is not null || Method is not null || Encoding is not null || Fields is not null || Body.Count > 0
        || Headers.Count > 0 || Token is not null || Before.Count > 0;

    public static bool IsAddress(string endpoint) => endpoint.Contains('/') || endpoint.StartsWith('{');

    /// <summary>This one, with what it leaves open taken from <paramref name="standard"/>.</summary>
    public OperationDescription Over(OperationDescription standard) => new()
    {
        Endpoint = Endpoint ?? standard.Endpoint,
        Method = Method ?? standard.Method,
        Encoding = Encoding ?? standard.Encoding,
        Fields = Fields ?? standard.Fields,
        Body = Body.Count > 0 ? Body : standard.Body,
        ContentType = ContentType ?? standard.ContentType,
        Headers = Headers.Count > 0 ? Headers : standard.Headers,
        Token = Token ?? standard.Token,
        Before = Before.Count > 0 ? Before : standard.Before,
        After = After.Count > 0 ? After : standard.After,
        Challenge = Challenge ?? standard.Challenge,
        Credential = Credential ?? standard.Credential,
        Reply = Reply ?? standard.Reply,
        Result = Result ?? standard.Result,
        Fallback = Fallback ?? standard.Fallback,
        RenewWith = RenewWith ?? standard.RenewWith,
        Ends = Ends ?? standard.Ends,
    };

    // Nobody can say afterwards which of the forms the service took.
    private bool Carries(Func<OperationDescription, bool> carries) =>
        carries(this) && (Fallback is not { } other || other.Operation.Over(this with { Fallback = null }).Carries(carries));
}

internal sealed record FallbackDescription(IReadOnlyList<int> On, OperationDescription Operation);
