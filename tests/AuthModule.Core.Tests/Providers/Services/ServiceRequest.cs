using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>A request as it would go over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">Scheme, host and path.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Body">The body as text; empty without one.</param>
/// <param name="Headers">By name, whatever its case.</param>
internal sealed record ServiceRequest(string Method, string Address, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<ServiceRequest> ReadAsync(WireRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = RequestMessage.From(request);
        return new ServiceRequest(
            message.Method.Method,
            request.Url.GetLeftPart(UriPartial.Path),
            request.Url.Query,
            message.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : string.Empty,
            message.Headers.Concat(message.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>A field of a form.</summary>
    public string Field(string name) => FormText.Read(Body).Single(field => field.Key == name).Value;

    public override string ToString() => Body.Length == 0 ? $"{Method} {Address}{Query}" : $"{Method} {Address}{Query} {Body}";
}
