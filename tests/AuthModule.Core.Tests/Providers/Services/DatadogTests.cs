using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DatadogTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task Both_keys_go_out()
    {
        using ServiceHost service = new ServiceHost("datadog").WithApiKey("dd-api-key-1").WithSecretParameter("applicationKey", "dd-app-key-1").WithParameter("site", "datadoghq.eu");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("dd-api-key-1", "dd-app-key-1", "https://api.datadoghq.eu"), (token.ToHeader()["DD-API-KEY"], token.ToHeader()["DD-APPLICATION-KEY"], token.Authority));
        Assert.Null(token.ToHeader()["Authorization"]);
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_key_alone_is_enough_and_its_variables_are_read()
    {
        using var service = new ServiceHost("datadog");
        service.Host.Variables["DD_API_KEY"] = "dd-api-key-2";
        AuthToken token = await service.GetAsync();
        Assert.Equal(("dd-api-key-2", false), (token.ToHeader()["DD-API-KEY"], token.ToHeader().ContainsKey("DD-APPLICATION-KEY")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_site_with_a_slash_is_refused()
    {
        using ServiceHost service = new ServiceHost("datadog").WithApiKey("dd-api-key-1").WithParameter("site", "evil.example/x");
        Assert.Contains("site", (await service.RefusedAsync()).Message, StringComparison.Ordinal);
    }
}
