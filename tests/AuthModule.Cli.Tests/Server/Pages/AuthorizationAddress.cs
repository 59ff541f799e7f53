using System;
using System.Collections.Generic;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthModule.Cli.Tests.Server.Pages;

/// <summary>The address that a client sends its person to.</summary>
internal static class AuthorizationAddress
{
    public const string Callback = "http://127.0.0.1:7000/callback";

    // RFC 7636, appendix B.
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// <param name="fixture">The server.</param>
    /// <param name="changes">An empty value leaves a field out.</param>
    public static Uri Of(ServerFixture fixture, params (string Name, string Value)[] changes) =>
        new(QueryHelpers.AddQueryString(fixture.Server.Issuer + "/authorize", Fields(changes)!));

    public static Dictionary<string, string> Fields(params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["client_id"] = "desktop",
            ["redirect_uri"] = Callback,
            ["response_type"] = "code",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["scope"] = "openid orders.read",
            ["state"] = "s1",
        };
        foreach ((string name, string value) in changes)
        {
            fields.Remove(name);
            if (value.Length > 0)
            {
                fields[name] = value;
            }
        }

        return fields;
    }
}
