using System.Linq;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class GoogleStsTests
{
    private const string Token = "POST https://sts.googleapis.com/v1/token";
    private const string Pool = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/github";
    private const string Form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
        + "&audience=%2F%2Fiam.googleapis.com%2Fprojects%2F1%2Flocations%2Fglobal%2FworkloadIdentityPools%2Fci%2Fproviders%2Fgithub"
        + "&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform&requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";

    private const string Reply = """
        {"access_token":"ya29.d","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer","expires_in":3599}
        """;

    private static ServiceHost New() => new ServiceHost("google-sts").WithParameter("workloadProvider", Pool).WithScopes("https://www.googleapis.com/auth/cloud-platform");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_of_another_issuer_is_exchanged()
    {
        using ServiceHost service = New().On(Token, Reply);
        service.Request = service.Request with { Input = new GrantInput { SubjectToken = service.Keep("eyJ.foreign.jwt"), SubjectTokenType = "urn:ietf:params:oauth:token-type:jwt" } };
        Assert.Equal("ya29.d", (await service.GetAsync()).ToPlainText());
        Assert.Equal([$"{Token} {Form}&subject_token=eyJ.foreign.jwt&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_workload_is_signed_in_anew_with_what_its_platform_says_then()
    {
        int read = 0;
        using ServiceHost service = New().On(Token, Reply);
        service.Request = service.Request with
        {
            Client = new ClientCredential { AssertionSource = new DelegateAssertionSource("test", _ => ValueTask.FromResult(service.Keep($"eyJ.platform.{++read}"))) },
        };
        await service.GetAsync();
        await service.UpdateAsync();
        Assert.Equal(["eyJ.platform.1", "eyJ.platform.2"], service.Sent.Select(request => request.Field("subject_token")));
        Assert.Equal($"{Token} {Form}&subject_token=eyJ.platform.1&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt", service.Lines.First());
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("invalid_grant", "The given credential is rejected by the attribute condition.", AuthErrorId.InvalidClient)]
    [InlineData("invalid_target", "The target service indicated by the audience parameters is invalid.", AuthErrorId.InvalidClient)]
    public async Task Its_errors_have_our_ids(string code, string message, string id)
    {
        using ServiceHost service = New().On(Token, $$"""{"error":"{{code}}","error_description":"{{message}}"}""", 400);
        service.Request = service.Request with { Input = new GrantInput { SubjectToken = service.Keep("eyJ.foreign.jwt"), SubjectTokenType = "urn:ietf:params:oauth:token-type:jwt" } };
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
