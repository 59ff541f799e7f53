using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AuthModule.TestServer.Hosting;

/// <summary>
/// The parameters of a request to an OAuth endpoint: each at most once, empty ones as if left out (RFC 6749, section 3.2).
/// Only <c>resource</c> and <c>audience</c> may be there several times (RFC 8707, RFC 8693).
/// </summary>
internal sealed class OAuthForm
{
    private static readonly string[] Repeatable = ["resource", "audience"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> lists = new(StringComparer.Ordinal);

    public string? this[string name] => values.GetValueOrDefault(name);

    public static async Task<OAuthForm> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw OAuthRefusal.InvalidRequest("the body must be application/x-www-form-urlencoded");
        }

        return Of(await ParseAsync(context));
    }

    /// <summary>The parameters of an address.</summary>
    public static OAuthForm OfQuery(HttpContext context) => Of(context.Request.Query);

    /// <summary>Parameters that came in another way.</summary>
    public static OAuthForm OfPairs(IEnumerable<KeyValuePair<string, string[]>> pairs) =>
        Of(pairs.Select(static pair => new KeyValuePair<string, StringValues>(pair.Key, pair.Value)));

    /// <summary>Every value of a parameter that may be there several times.</summary>
    public IReadOnlyList<string> All(string name) => lists.GetValueOrDefault(name) ?? [];

    public string Require(string name) =>
        this[name] ?? throw OAuthRefusal.InvalidRequest($"{name} is missing");

    /// <summary>Null when no scope is asked for.</summary>
    public string[]? Scopes => this["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static OAuthForm Of(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var form = new OAuthForm();
        foreach ((string name, StringValues given) in parameters)
        {
            string[] filled = [.. given.Where(static value => !string.IsNullOrEmpty(value)).Select(static value => value!)];
            if (Repeatable.Contains(name))
            {
                form.lists[name] = filled;
            }
            else if (given.Count > 1)
            {
                throw OAuthRefusal.InvalidRequest($"{name} is given more than once");
            }

            if (filled.Length > 0)
            {
                form.values[name] = filled[0];
            }
        }

        return form;
    }

    private static async Task<IFormCollection> ParseAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw OAuthRefusal.InvalidRequest("the form is malformed or has too many fields");
        }
    }
}
