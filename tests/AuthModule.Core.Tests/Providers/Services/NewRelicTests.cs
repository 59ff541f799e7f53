using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class NewRelicTests
{
    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, "https://api.newrelic.com")]
    [InlineData("https://api.eu.newrelic.com/graphql", "https://api.eu.newrelic.com")]
    public async Task A_user_key_goes_out_in_its_own_header(string? authority, string address)
    {
        using ServiceHost service = new ServiceHost("newrelic").WithApiKey("NRAK-1");
        service.Request = service.Request with { Authority = authority };
        AuthToken token = await service.GetAsync();
        Assert.Equal(("NRAK-1", null, address), (token.ToHeader()["API-Key"], token.ToHeader()["Authorization"], token.Authority));
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Without_a_key_it_says_what_is_missing()
    {
        using var service = new ServiceHost("newrelic");
        Assert.Equal(AuthErrorId.MissingParameter, (await service.RefusedAsync()).Code);
    }
}
