using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SapXsuaaTests
{
    private const string Address = "https://acme.authentication.eu10.hana.ondemand.com";
    private const string Token = $"POST {Address}/oauth/token";

    private static ServiceHost New() => new ServiceHost("sap-xsuaa").WithAuthority(Address).WithClient("sb-app!t42|x!b7", "Ab+c/d==");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_key_gets_a_token_with_its_id_as_it_is()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.x","token_type":"bearer","expires_in":43199,"scope":"uaa.resource","jti":"j1"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ.x", TimeSpan.FromSeconds(43199)), ((string)token.ToHeader()["Authorization"]!, token.ExpiresIn));
        await service.UpdateAsync();
        Assert.Equal([$"{Token} grant_type=client_credentials", $"{Token} grant_type=client_credentials"], service.Lines);
        Assert.Equal("Basic " + Convert.ToBase64String("sb-app!t42|x!b7:Ab+c/d=="u8), service.Sent[0].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_of_a_person_is_exchanged()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.x","token_type":"bearer","expires_in":43199}""");
        service.Request = service.Request with { Input = new AuthModule.Requests.GrantInput { Assertion = service.Keep("eyJ.person.jwt") } };
        await service.GetAsync();
        Assert.Equal([$"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=eyJ.person.jwt"], service.Lines);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, AuthErrorId.InvalidClient)]
    [InlineData("ann", AuthErrorId.InvalidCredentials)]
    public async Task Bad_credentials_are_told_apart_by_what_was_asked(string? person, string id)
    {
        using ServiceHost service = New().On(Token, """{"error":"unauthorized","error_description":"Bad credentials"}""", 401);
        Assert.Equal(id, (await (person is null ? service : service.WithPerson(person, "wrong-word")).RefusedAsync()).Code);
    }
}
