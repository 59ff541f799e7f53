using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Authorization;

/// <summary>The APIs that a token is asked for (RFC 8707). One that the server does not know is refused.</summary>
internal static class ResourceIndicators
{
    /// <summary>Empty where none is asked for.</summary>
    /// <exception cref="OAuthRefusal">invalid_target.</exception>
    public static IReadOnlyList<string> Read(OAuthForm form, ServerState state)
    {
        string[] resources = [.. form.All("resource").Distinct()];
        return Array.Find(resources, resource => !IsKnown(resource, state)) is null
            ? resources
            : throw new OAuthRefusal("invalid_target", "a resource is not one of this server's");
    }

    /// <summary>Those of a later request, which can be fewer than were granted but no others (section 2.2).</summary>
    /// <param name="wanted">Empty for all.</param>
    /// <param name="granted">Empty for the server's usual audience.</param>
    /// <param name="state">The server.</param>
    public static IReadOnlyList<string> Narrow(IReadOnlyList<string> wanted, IReadOnlyList<string> granted, ServerState state)
    {
        IReadOnlyList<string> all = granted.Count > 0 ? granted : [state.Options.Audience];
        return wanted.Count == 0 ? granted
            : wanted.All(all.Contains) ? wanted
            : throw new OAuthRefusal("invalid_target", "a resource is none of those that were granted");
    }

    /// <summary>What the sample API answers to.</summary>
    public static bool IsSampleApi(string audience, ServerState state) =>
        audience == state.Options.Audience || audience == state.Origin + "/api/orders";

    private static bool IsKnown(string resource, ServerState state) =>
        IsSampleApi(resource, state) || state.Options.Resources.Contains(resource);
}
