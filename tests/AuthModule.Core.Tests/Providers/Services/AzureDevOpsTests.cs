using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AzureDevOpsTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_personal_access_token_goes_out_without_a_name()
    {
        using ServiceHost service = new ServiceHost("azure-devops").WithApiKey("pat-52-characters").WithParameter("organization", "acme");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Basic " + Convert.ToBase64String(":pat-52-characters"u8), "https://dev.azure.com/acme"), (token.ToHeader()["Authorization"], token.Authority));
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task The_variable_of_its_command_line_is_read()
    {
        using var service = new ServiceHost("azure-devops");
        service.Host.Variables["AZURE_DEVOPS_EXT_PAT"] = "pat-of-environment";
        Assert.Equal("Basic " + Convert.ToBase64String(":pat-of-environment"u8), (await service.GetAsync()).ToHeader()["Authorization"]);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_organization_with_a_slash_is_refused()
    {
        using ServiceHost service = new ServiceHost("azure-devops").WithApiKey("pat-52-characters").WithParameter("organization", "acme/../other");
        Assert.Contains("organization", (await service.RefusedAsync()).Message, StringComparison.Ordinal);
    }
}
