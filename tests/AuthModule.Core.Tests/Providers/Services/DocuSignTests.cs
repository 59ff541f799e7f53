using System;
using System.Linq;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DocuSignTests : IDisposable
{
    private readonly ServiceKey key = ServiceKey.NewRsa();

    private const string Token = "POST https://account.docusign.com/oauth/token";
    private const string UserInfo = "GET https://account.docusign.com/oauth/userinfo";

    private ServiceHost New() => new ServiceHost("docusign").WithKey("integration-key", key.Path).WithParameter("user", "4799e5e9-user").WithScopes("signature", "impersonation");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_signs_in_for_a_user_and_the_default_account_is_kept()
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"eyJ.ds","token_type":"Bearer","expires_in":3600,"scope":"signature impersonation"}""")
            .On(UserInfo, """{"sub":"4799e5e9-user","accounts":[{"account_id":"a-1","is_default":false,"base_uri":"https://na1.docusign.net"},{"account_id":"a-2","is_default":true,"account_name":"Acme","base_uri":"https://eu.docusign.net"}]}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("https://eu.docusign.net", "a-2"), (token.Properties["baseUri"], token.Properties["accountId"]));
        await service.UpdateAsync();
        Assert.Equal(
            [
                $"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={service.Sent[0].Field("assertion")}",
                UserInfo,
            ],
            service.Lines.Take(2));
        Assert.Equal("Bearer eyJ.ds", service.Sent[1].Header("Authorization"));
        Assert.StartsWith(Token, service.Sent[2].ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ("""{"alg":"RS256","typ":"JWT"}""", """{"iss":"integration-key","sub":"4799e5e9-user","aud":"account.docusign.com","scope":"signature impersonation","iat":1767323045,"exp":1767326645}"""),
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

    public void Dispose() => key.Dispose();
}
