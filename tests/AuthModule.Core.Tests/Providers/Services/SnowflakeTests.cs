using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SnowflakeTests : IDisposable
{
    private readonly ServiceKey key = ServiceKey.NewRsa();

    private ServiceHost New() => new ServiceHost("snowflake").WithKey(null, key.Path).WithParameter("account", "MYORG-MYACCOUNT").WithParameter("user", "LOADER");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_pair_makes_the_token_and_nothing_is_sent()
    {
        using ServiceHost service = New();
        AuthToken token = await service.GetAsync();
        Assert.Equal(("https://myorg-myaccount.snowflakecomputing.com", TimeSpan.FromMinutes(59)), (token.Authority, token.ExpiresIn));
        Assert.Equal(
            ("""{"alg":"RS256","typ":"JWT"}""", $$"""{"iss":"MYORG-MYACCOUNT.LOADER.SHA256:{{key.Fingerprint()}}","sub":"MYORG-MYACCOUNT.LOADER","iat":1767323045,"exp":1767326585}"""),
            key.Open(token.ToPlainText()));
        Assert.Equal(
            ("Bearer " + token.ToPlainText(), "KEYPAIR_JWT"),
            ((string?)token.ToHeader()["Authorization"], (string?)token.ToHeader()["X-Snowflake-Authorization-Token-Type"]));
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_renewal_signs_another()
    {
        using ServiceHost service = New();
        await service.GetAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Contains("\"iat\":1767326525", key.Open((await service.UpdateAsync()).ToPlainText()).Claims, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_programmatic_access_token_says_what_it_is()
    {
        using ServiceHost service = new ServiceHost("snowflake").WithAuthority("myorg-myaccount.snowflakecomputing.com").WithApiKey("eyJ-pat");
        AuthToken token = await service.GetAsync();
        Assert.Equal(
            ("Bearer eyJ-pat", "PROGRAMMATIC_ACCESS_TOKEN"),
            ((string?)token.ToHeader()["Authorization"], (string?)token.ToHeader()["X-Snowflake-Authorization-Token-Type"]));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("account", "myorg-myaccount")]
    [InlineData("account", "XY12345.eu-central-1")]
    [InlineData("user", "loader")]
    public async Task What_the_service_would_refuse_as_an_invalid_token_is_refused_here(string name, string value)
    {
        using ServiceHost service = New().WithParameter(name, value);
        AuthException error = await service.RefusedAsync();
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("capitals", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => key.Dispose();
}
