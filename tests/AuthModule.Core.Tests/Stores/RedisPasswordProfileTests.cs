using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Profiles;
using AuthModule.Stores;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>A Redis whose password is an access token of a session of this module, as managed services have it.</summary>
[Trait("Feature", "E3")]
public sealed class RedisPasswordProfileTests
{
    private const string Secret = "\"clientId\": \"cache\", \"clientSecret\": {\"env\": \"CACHE_SECRET\"}, \"scopes\": [\"cache\"], \"store\": \"redis://127.0.0.1:1/0\"";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_is_the_profiles_token_and_a_newer_one_is_said_to_the_open_connection()
    {
        await using ProfileHost profiles = await ProfileHost.StartAsync();
        profiles.Write(Secret);
        profiles.Host.Variables["CACHE_SECRET"] = "canary-cache-secret";
        profiles.Host.Variables[StoreCatalog.KeyVariable] = Convert.ToBase64String(new byte[32]);
        await using RedisServer server = await RedisServer.StartAsync("--requirepass", "admin", "--user", "app", "on", ">token-1", "~authmodule:*", "+@all");
        ITokenStore store = profiles.Host.Engine.SharedStores.Catalog.Open($"redis://app@127.0.0.1:{server.Port}/0?passwordProfile=p");
        await store.SetAsync("a", [1], null, Stop);
        await store.GetAsync("a", Stop);
        Assert.Single(profiles.Server.Requests);

        // The service takes the old token no more, and closes what was opened with it.
        await server.AskWithAsync("admin", "ACL", "SETUSER", "app", "<token-1", ">token-2");
        await server.AskWithAsync("admin", "CLIENT", "KILL", "USER", "app");
        Assert.Equal([1], await store.GetAsync("a", Stop));
        Assert.Equal(2, profiles.Server.Requests.Count);

        // Nobody closes: the next command that is refused leads to a new token too.
        await server.AskWithAsync("admin", "ACL", "SETUSER", "app", "<token-2", ">token-3");
        await server.AskWithAsync("admin", "CLIENT", "KILL", "TYPE", "normal");
        await store.SetAsync("b", [2], null, Stop);
        Assert.Equal(3, profiles.Server.Requests.Count);
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_told_and_no_secret_with_it()
    {
        await using ProfileHost profiles = await ProfileHost.StartAsync();
        profiles.Write(Secret);
        profiles.Host.Variables[StoreCatalog.KeyVariable] = Convert.ToBase64String(new byte[32]);
        ITokenStore store = profiles.Host.Engine.SharedStores.Catalog.Open("redis://app@127.0.0.1:1/0?passwordProfile=unknown");
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(async () => await store.GetAsync("a", Stop));
        Assert.Equal(AuthErrorId.InvalidProfile, error.Code);
        Assert.DoesNotContain("canary", error + error.ToJson(), StringComparison.Ordinal);
    }
}
