using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class GoogleServiceAccountTests : IDisposable
{
    private const string Token = "POST https://oauth2.googleapis.com/token";
    private const string Revoke = "POST https://oauth2.googleapis.com/revoke";

    private readonly ServiceKey key = ServiceKey.NewRsa().As(pem => $$"""
        {"type":"service_account","project_id":"acme-1","private_key_id":"k-0815","private_key":{{pem}},"client_email":"job@acme-1.iam.gserviceaccount.com",
         "client_id":"1234567890","auth_uri":"https://accounts.google.com/o/oauth2/auth","token_uri":"https://oauth2.googleapis.com/token"}
        """);

    private ServiceHost New() => new ServiceHost("google-service-account").WithKey(null, key.Path).WithScopes("https://www.googleapis.com/auth/cloud-platform");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Its_key_file_signs_in_renews_and_signs_out()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"ya29.c","expires_in":3599,"token_type":"Bearer"}""").On(Revoke, "{}");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("ya29.c", TimeSpan.FromSeconds(3599)), (token.ToPlainText(), token.ExpiresIn));
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.Equal(
            [
                $"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={service.Sent[0].Field("assertion")}",
                $"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={service.Sent[1].Field("assertion")}",
                $"{Revoke} token=ya29.c",
            ],
            service.Lines);
        Assert.Equal(
            (
                """{"alg":"RS256","typ":"JWT","kid":"k-0815"}""",
                """{"iss":"job@acme-1.iam.gserviceaccount.com","scope":"https://www.googleapis.com/auth/cloud-platform","aud":"https://oauth2.googleapis.com/token","iat":1767323045,"exp":1767326645}"""),
            key.Open(service.Sent[0].Field("assertion")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task It_acts_for_a_person_and_the_file_may_come_by_environment()
    {
        using ServiceHost service = New().WithParameter("delegate", "ann@acme.example").On(Token, """{"access_token":"ya29.c","expires_in":3599,"token_type":"Bearer"}""");
        service.Request = service.Request with { Client = new AuthModule.Requests.ClientCredential() };
        service.Host.Variables["GOOGLE_APPLICATION_CREDENTIALS"] = key.Path;
        await service.GetAsync();
        Assert.Contains("\"sub\":\"ann@acme.example\"", key.Open(service.Sent[0].Field("assertion")).Claims, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("invalid_grant", "Invalid JWT Signature.", 400, AuthErrorId.InvalidClient)]
    [InlineData("unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.", 401, AuthErrorId.AccessDenied)]
    [InlineData("invalid_scope", "Invalid OAuth scope or ID token audience provided.", 400, AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string code, string message, int status, string id)
    {
        using ServiceHost service = New().On(Token, $$"""{"error":"{{code}}","error_description":"{{message}}"}""", status);
        AuthException error = await service.RefusedAsync();
        Assert.Equal((id, message), (error.Code, error.OAuthErrorDescription));
    }

    public void Dispose() => key.Dispose();
}
