using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SnowflakeTests : IDisposable
{
    private readonly ServiceKey key = ServiceKey.NewRsa();

    private ServiceHost New() => new ServiceHost("snowflake").WithKey(null, key.Path).WithParameter("account", "MYORG-MYACCOUNT").WithParameter("user", "JOB_USER");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_makes_the_token_itself_and_anew_when_it_ends()
    {
        using ServiceHost service = New();
        AuthToken token = await service.GetAsync();
        Assert.Equal(
            (
                """{"alg":"RS256","typ":"JWT"}""",
                $$"""{"iss":"MYORG-MYACCOUNT.JOB_USER.SHA256:{{key.Fingerprint()}}","sub":"MYORG-MYACCOUNT.JOB_USER","iat":1767323045,"exp":1767326645}"""),
            key.Open(token.ToPlainText()));
        Assert.Equal(("Bearer " + token.ToPlainText(), "KEYPAIR_JWT"), (token.ToHeader()["Authorization"], token.ToHeader()["X-Snowflake-Authorization-Token-Type"]));
        Assert.Equal(("https://myorg-myaccount.snowflakecomputing.com", TimeSpan.FromHours(1)), (token.Authority, token.ExpiresIn));
        service.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Contains("\"iat\":1767326705,", key.Open((await service.GetAsync()).ToPlainText()).Claims, StringComparison.Ordinal);
        Assert.Empty(service.Sent);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("account", "myorg-myaccount")]
    [InlineData("user", "job_user")]
    public async Task Small_letters_which_the_service_would_refuse_are_told_at_once(string parameter, string value)
    {
        using ServiceHost service = New().WithParameter(parameter, value);
        Assert.Contains($"{parameter} = '{value}'", (await service.RefusedAsync()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => key.Dispose();
}
