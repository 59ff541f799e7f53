using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DatadogTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task Both_keys_go_along_with_each_call()
    {
        using ServiceHost service = new ServiceHost("datadog").WithApiKey("api-key-1").WithSecretParameter("applicationKey", "app-key-1").WithParameter("site", "datadoghq.eu");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("https://api.datadoghq.eu", "api-key-1", "app-key-1"), (token.Authority, (string?)token.ToHeader()["DD-API-KEY"], (string?)token.ToHeader()["DD-APPLICATION-KEY"]));
        Assert.Null(token.ToHeader()["Authorization"]);
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task What_only_sends_needs_no_application_key()
    {
        using ServiceHost service = new ServiceHost("datadog").WithApiKey("api-key-1");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("https://api.datadoghq.com", "api-key-1"), (token.Authority, (string?)token.ToHeader()["DD-API-KEY"]));
        Assert.Single(token.ToHeader());
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Its_variables_are_read()
    {
        using var service = new ServiceHost("datadog");
        service.Host.Variables["DD_API_KEY"] = service.Keep("api-key-2").Reveal();
        service.Host.Variables["DD_APP_KEY"] = service.Keep("app-key-2").Reveal();
        service.Host.Variables["DD_SITE"] = "us5.datadoghq.com";
        AuthToken token = await service.GetAsync();
        Assert.Equal(("https://api.us5.datadoghq.com", "app-key-2"), (token.Authority, (string?)token.ToHeader()["DD-APPLICATION-KEY"]));
    }
}
