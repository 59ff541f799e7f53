using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Authorization;

/// <summary>How an authorization request is answered: in the address or by a form, plain or as a signed JWT (JARM).</summary>
/// <param name="IsForm">By a form that posts itself (OAuth 2.0 Form Post Response Mode).</param>
/// <param name="IsSigned">As one signed parameter <c>response</c> (JARM, section 2.3).</param>
internal sealed record ResponseMode(bool IsForm, bool IsSigned)
{
    private static readonly Dictionary<string, ResponseMode> Known = new()
    {
        ["query"] = new(false, false),
        ["form_post"] = new(true, false),
        ["query.jwt"] = new(false, true),
        ["form_post.jwt"] = new(true, true),
        ["jwt"] = new(false, true),
    };

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    public static ResponseMode Query => Known["query"];

    /// <summary>Null for one that is not known.</summary>
    public static ResponseMode? Find(string? name) => Known.GetValueOrDefault(name ?? "query");
}
