using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AuthModule.Cli.Server;

/// <summary>The parameters of a request to an OAuth endpoint: each at most once, empty ones as if left out (RFC 6749, section 3.2).</summary>
internal sealed class OAuthForm
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public string? this[string name] => values.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> Values => values;

    public static async Task<OAuthForm> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw OAuthRefusal.InvalidRequest("the body must be application/x-www-form-urlencoded");
        }

        var form = new OAuthForm();
        foreach ((string name, StringValues value) in await ParseAsync(context))
        {
            if (value.Count > 1)
            {
                throw OAuthRefusal.InvalidRequest($"{name} is given more than once");
            }

            if (!string.IsNullOrEmpty(value[0]))
            {
                form.values.Add(name, value[0]!);
            }
        }

        return form;
    }

    public string Require(string name) =>
        this[name] ?? throw OAuthRefusal.InvalidRequest($"{name} is missing");

    /// <summary>Null when no scope is asked for.</summary>
    public string[]? Scopes => this["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

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
