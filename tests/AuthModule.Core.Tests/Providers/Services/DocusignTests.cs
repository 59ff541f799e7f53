using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DocusignTests : IDisposable
{
    private const string User = "b8f3c2a1-1111-2222-3333-444455556666";
    private const string Token = "POST https://account-d.docusign.com/oauth/token";
    private const string UserInfo = "GET https://account-d.docusign.com/oauth/userinfo";
    private const string Reply = """{"access_token":"eyJ0.ds","token_type":"Bearer","expires_in":3600,"scope":"signature impersonation"}""";

    private readonly ServiceKey key = ServiceKey.NewRsa();

    private ServiceHost New() => new ServiceHost("docusign").WithAuthority("account-d.docusign.com").WithKey("7c2b8d7e-app", key.Path).WithScopes("signature", "impersonation").WithParameter("user", User);

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_acts_for_a_user_and_the_address_of_the_API_is_kept()
    {
        using ServiceHost service = New().On(Token, Reply)
            .On(UserInfo, """{"sub":"b8f3c2a1","accounts":[{"account_id":"a-other","is_default":false,"base_uri":"https://na2.docusign.net"},{"account_id":"a-main","is_default":true,"account_name":"Acme","base_uri":"https://demo.docusign.net"}]}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ0.ds", "https://demo.docusign.net", "a-main"), ((string?)token.ToHeader()["Authorization"], (string)token.Properties["baseUri"], (string)token.Properties["accountId"]));
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        await service.UpdateAsync();
        Assert.Equal($"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={service.Sent[0].Field("assertion")}", service.Sent[0].ToString());
        Assert.Equal((UserInfo, "Bearer eyJ0.ds"), (service.Sent[1].ToString(), service.Sent[1].Header("Authorization")));
        Assert.Equal(
            ("""{"alg":"RS256","typ":"JWT"}""", $$"""{"iss":"7c2b8d7e-app","sub":"{{User}}","aud":"account-d.docusign.com","scope":"signature impersonation","iat":1767323045,"exp":1767326645}"""),
            key.Open(service.Sent[0].Field("assertion")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"consent_required"}""", AuthErrorId.InteractionRequired)]
    [InlineData("""{"error":"invalid_grant","error_description":"no_valid_keys_or_signatures"}""", AuthErrorId.InvalidClient)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_user_without_a_default_account_has_no_address_to_call()
    {
        using ServiceHost service = New().On(Token, Reply).On(UserInfo, """{"sub":"b8f3c2a1","accounts":[]}""");
        Assert.Equal(AuthErrorId.MalformedResponse, (await service.RefusedAsync()).Code);
    }

    public void Dispose() => key.Dispose();
}
