using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AtlassianTokenTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_token_goes_out_with_its_account()
    {
        using ServiceHost service = new ServiceHost("atlassian-token").WithAuthority("acme.atlassian.net").WithApiKey("ATATT3x-token").WithParameter("email", "ann@acme.example");
        AuthToken token = await service.GetAsync();
        Assert.Equal("Basic " + Convert.ToBase64String("ann@acme.example:ATATT3x-token"u8), token.ToHeader()["Authorization"]);
        Assert.Equal("https://acme.atlassian.net", token.Authority);
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task The_account_is_asked_for()
    {
        using ServiceHost service = new ServiceHost("atlassian-token").WithAuthority("acme.atlassian.net").WithApiKey("ATATT3x-token");
        AuthException error = await service.RefusedAsync();
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Contains("email", error.Message, StringComparison.Ordinal);
    }
}
