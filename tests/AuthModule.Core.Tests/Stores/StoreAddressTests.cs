using System;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using Xunit;

namespace AuthModule.Core.Tests.Stores;

public sealed class StoreAddressTests
{
    private static readonly TestEnvironment WithKey = new() { { StoreCatalog.KeyVariable, Convert.ToBase64String(new byte[32]) } };

    [Theory]
    [InlineData("redis://cache.example:7000/3", "redis://cache.example:7000/3", null, null)]
    [InlineData("rediss://cache.example", "rediss://cache.example:6379/0", null, null)]
    [InlineData("redis://app:p%40ss@cache.example/1", "redis://cache.example:6379/1", "app", "p@ss")]
    [InlineData("redis://:only@cache.example", "redis://cache.example:6379/0", null, "only")]
    [InlineData("REDIS://[::1]:6380", "redis://[::1]:6380/0", null, null)]
    [InlineData("redis://", "redis://localhost:6379/0", null, null)]
    [InlineData("redis", "redis://localhost:6379/0", null, null)]
    [InlineData("redis:///2", "redis://localhost:6379/2", null, null)]
    [Trait("Feature", "G10")]
    public void A_redis_address_is_read(string text, string name, string? user, string? password)
    {
        RedisAddress address = RedisAddress.Parse(text, new TestEnvironment());
        Assert.Equal((name, user, password), (address.Name, address.UserName, address.Password?.Reveal()));
    }

    [Fact]
    [Trait("Feature", "G10")]
    public void What_a_redis_address_leaves_open_comes_from_the_environment()
    {
        var environment = new TestEnvironment { { "REDIS_HOST", "cache" }, { "REDIS_PORT", "7001" }, { "REDIS_PASSWORD", "hidden" } };
        RedisAddress open = RedisAddress.Parse("redis:///4?prefix=team:&ca=/etc/ca.pem", environment);
        Assert.Equal(("redis://cache:7001/4", "hidden", "team:", "/etc/ca.pem"), (open.Name, open.Password!.Reveal(), open.Prefix, open.CaCertificate));
        RedisAddress named = RedisAddress.Parse("redis://user:own@other:1/0", environment);
        Assert.Equal(("redis://other:1/0", "own"), (named.Name, named.Password!.Reveal()));
    }

    [Theory]
    [InlineData("redis://u:canary@host/notanumber")]
    [InlineData("redis://u:canary@host:99999/0")]
    [InlineData("redis://u:canary@host/0?unknown=1")]
    [InlineData("redis://u:canary@ho st/0")]
    [InlineData("redis://u:canary@host/0#f")]
    [InlineData("postgres://u:canary@host")]
    [InlineData("canary canary")]
    public void A_bad_address_is_an_error_that_does_not_quote_it(string text)
    {
        var catalog = new StoreCatalog(TimeProvider.System, WithKey);
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => catalog.OpenShared(text));
        Assert.Equal(AuthErrorId.InvalidUrl, error.Code);
        Assert.DoesNotContain("canary", error.ToJson() + error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_address_opens_the_same_store()
    {
        var catalog = new StoreCatalog(TimeProvider.System, WithKey);
        ITokenStore first = catalog.OpenShared("redis://h/0").Store;
        Assert.Same(first, catalog.OpenShared(" redis://h/0 ").Store);
        Assert.NotSame(first, catalog.OpenShared("redis://:p@h/0").Store);
        Assert.NotSame(catalog.Open("memory"), catalog.Open(null));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task Without_a_path_the_file_store_is_in_the_users_data_folder_and_its_key_in_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one folder for both.");
        using var folder = new TestFolder();
        var catalog = new StoreCatalog(TimeProvider.System, new TestEnvironment { { "XDG_DATA_HOME", folder.File("data") }, { "XDG_CONFIG_HOME", folder.File("config") } });
        ITokenStore store = catalog.Open("file");
        await store.SetAsync("a", [1], null, TestContext.Current.CancellationToken);
        Assert.Equal("file:" + folder.File("data/authmodule/store"), store.Name);
        Assert.True(File.Exists(folder.File("config/authmodule/store.key")));
    }
}
