using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AuthModule.Accounts.SecondFactors;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Dialects;

/// <summary>How to try each provider against this server. It holds the demo's secrets: that is what it is for.</summary>
internal static class DemoDescription
{
    /// <summary>Makes an API key and a second factor on the way, so call it once.</summary>
    public static IReadOnlyDictionary<string, object?> Of(ServerState state, string? authorityPem)
    {
        ServerUser? user = state.Options.Users.FirstOrDefault();
        ServerUser? careful = state.Options.Users.Count > 2 ? state.Options.Users[2] : null;
        return new Dictionary<string, object?>
        {
            ["address"] = state.Origin + "/",
            ["issuer"] = state.Origin,
            ["audience"] = state.Options.Audience,
            ["api"] = state.Origin + "/api/orders",
            ["caCertificate"] = authorityPem,
            ["users"] = state.Options.Users.Select(Describe).ToArray(),
            ["clients"] = state.Options.Clients.Select(Describe).ToArray(),
            ["providers"] = new Dictionary<string, object?>
            {
                ["oidc"] = Machine(state, state.Origin),
                ["oauth2"] = With(Machine(state, state.Origin), ("tokenEndpoint", state.Origin + "/token"), ("revocationEndpoint", state.Origin + "/revoke")),
                ["keycloak"] = With(Person(state, user, "password"), ("realm", "demo")),
                ["px-backup"] = With(Person(state, user, "password"), ("clientId", "pxcentral"), ("realm", "master"), ("tokenDuration", "7d")),
                ["pynomaly"] = With(Person(state, user, null), ("apiKey", NewApiKey(state, user)), ("secondFactor", NewSecondFactor(state, careful))),
                ["mosaia"] = With(Machine(state, state.Origin, "password"), ("version", "1"), ("appUrl", state.Origin), ("username", user?.Email), ("password", user?.Password.Reveal())),
                ["cognito"] = With(
                    Machine(state, state.Origin),
                    ("region", state.Options.Dialects.CognitoPool.Split('_')[0]),
                    ("userPoolId", state.Options.Dialects.CognitoPool),
                    ("domain", state.Origin),
                    ("issuer", new CognitoTokens(state).Issuer),
                    ("jwksUri", new CognitoTokens(state).Issuer + "/.well-known/jwks.json")),
                ["local"] = With(Machine(state, state.Origin + "/local"), ("tokenEndpoint", state.Origin + "/local/token")),
            },
        };
    }

    private static Dictionary<string, object?> Describe(ServerUser user) => new()
    {
        ["name"] = user.Name,
        ["email"] = user.Email,
        ["password"] = user.Password.Reveal(),
        ["scopes"] = user.Scopes,
        ["groups"] = user.Groups,
    };

    private static Dictionary<string, object?> Describe(ServerClient client) => new()
    {
        ["id"] = client.Id,
        ["secret"] = client.Secret?.Reveal(),
        ["grants"] = client.Grants,
        ["scopes"] = client.Scopes,
    };

    private static Dictionary<string, object?> Machine(ServerState state, string authority, string alsoMayUse = "client_credentials")
    {
        ServerClient? client = state.Options.Clients.FirstOrDefault(client =>
            !client.IsPublic && client.MayUse("client_credentials") && client.MayUse(alsoMayUse));
        return new Dictionary<string, object?>
        {
            ["authority"] = authority,
            ["clientId"] = client?.Id,
            ["clientSecret"] = client?.Secret?.Reveal(),
        };
    }

    private static Dictionary<string, object?> Person(ServerState state, ServerUser? user, string? grant) => new()
    {
        ["authority"] = state.Origin,
        ["clientId"] = grant is null ? null : state.Options.Clients.FirstOrDefault(client => client.IsPublic && client.MayUse(grant))?.Id,
        ["username"] = user?.Name,
        ["password"] = user?.Password.Reveal(),
    };

    private static Dictionary<string, object?> With(Dictionary<string, object?> members, params (string Name, object? Value)[] more)
    {
        foreach ((string name, object? value) in more)
        {
            members[name] = value;
        }

        return members;
    }

    private static string? NewApiKey(ServerState state, ServerUser? user) =>
        user is null ? null : state.ApiKeys.Create(user.Name, "demo", user.Scopes).Key;

    private static Dictionary<string, object?>? NewSecondFactor(ServerState state, ServerUser? user)
    {
        if (user is null)
        {
            return null;
        }

        byte[] secret = RandomNumberGenerator.GetBytes(20);
        state.SecondFactorsOf(user).UseTotp(new Totp(secret));
        return new Dictionary<string, object?>
        {
            ["username"] = user.Name,
            ["password"] = user.Password.Reveal(),
            ["totpSecret"] = Base32.Encode(secret),
        };
    }
}
