using System;
using System.Collections.Generic;

namespace AuthModule.Http;

/// <summary>The headers that describe a body: <see cref="System.Net.Http.HttpClient"/> keeps them with it and refuses them anywhere else.</summary>
internal static class BodyHeaders
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Location", "Content-Disposition", "Content-MD5", "Content-Range", "Allow", "Expires", "Last-Modified",
    };

    public static bool Has(string name) => Names.Contains(name);
}
