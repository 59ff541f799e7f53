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

    public IReadOnlyList<FieldDescription> Headers { get; init; } = [];

    public OperationCredential? Credential { get; init; }

    /// <summary>How to read this reply where it differs from the description's general <c>reply</c>.</summary>
    public ReplyDescription? Reply { get; init; }

    /// <summary>Where the parts of another reply than a token are, by our names for them; a path as in <see cref="ReplyDescription"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Result { get; init; }

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
        OperationDescriptionReader.Templates(this with { Fallback = null }).Any(template => template.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>This one, with what it leaves open taken from <paramref name="standard"/>.</summary>
    public OperationDescription Over(OperationDescription standard) => new()
    {
        Endpoint = Endpoint ?? standard.Endpoint,
        Method = Method ?? standard.Method,
        Encoding = Encoding ?? standard.Encoding,
        Fields = Fields ?? standard.Fields,
        Headers = Headers.Count > 0 ? Headers : standard.Headers,
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

/// <summary>A field or header: a template, or a value that is sent as it is.</summary>
internal sealed record FieldDescription(string Name, Template? Template, object? Literal);

internal sealed record FallbackDescription(IReadOnlyList<int> On, OperationDescription Operation);
