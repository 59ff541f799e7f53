using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Encryption;
using AuthModule.Requests;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Servers;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Core.Tests.Grants;

/// <summary>Who the person of a session is, as the service tells it.</summary>
[Trait("Feature", "R26")]
public sealed class UserInfoTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_plain_signed_or_encrypted_reply_names_the_person(bool isSigned, bool isEncrypted)
    {
        using var key = new EncryptionKeyFile("RSA-OAEP-256");
        await using EmbeddedServer server = await PersonServer.StartAsync(client => client with
        {
            SignsUserInfo = isSigned,
            Encryption = isEncrypted ? new ClientEncryption(key.PublicJwk, "RSA-OAEP-256") { OfIdTokens = false } : null,
        });
        using var walk = new SignInWalk();
        var host = new EngineHost(browser: new WalkingBrowser(walk));
        AuthToken token = await host.GetAsync(PersonServer.Request(server, "openid", "email") with { DecryptionKey = new DecryptionKeyPlace(key.Path, null) });

        AuthUser user = await host.Engine.GetUserAsync(token.Session, host.Log, TestContext.Current.CancellationToken);

        Assert.Equal(("alice", "alice@example.com", "alice"), (user.Subject, user.Email, user.UserName));
        Assert.Equal((isSigned, isEncrypted, true), (user.IsSigned, user.IsEncrypted, user.IsSubjectCompared));
    }

    [Fact]
    public async Task An_encrypted_reply_without_a_key_is_KeyNotFound()
    {
        using var key = new EncryptionKeyFile("RSA-OAEP-256");
        await using EmbeddedServer server = await PersonServer.StartAsync(client => client with { Encryption = new ClientEncryption(key.PublicJwk, "RSA-OAEP-256") { OfIdTokens = false } });
        using var walk = new SignInWalk();
        var host = new EngineHost(browser: new WalkingBrowser(walk));
        AuthToken token = await host.GetAsync(PersonServer.Request(server, "openid"));

        TokenValidationException error = await Assert.ThrowsAsync<TokenValidationException>(
            () => host.Engine.GetUserAsync(token.Session, host.Log, TestContext.Current.CancellationToken));

        Assert.Equal(AuthErrorId.KeyNotFound, error.Code);
    }

    [Theory]
    [InlineData("""{"sub":"mallory","email":"alice@example.com"}""", AuthErrorId.ClaimMismatch)]
    [InlineData("""{"email":"alice@example.com"}""", AuthErrorId.MalformedResponse)]
    [InlineData("""{"sub":7}""", AuthErrorId.MalformedResponse)]
    [InlineData("""{"sub":"alice","sub":"mallory"}""", AuthErrorId.MalformedResponse)]
    [InlineData("<html>", AuthErrorId.MalformedResponse)]
    [InlineData("", AuthErrorId.MalformedResponse)]
    public async Task A_reply_about_another_person_or_nobody_is_not_used(string reply, string id)
    {
        (ForgingServer server, EngineHost host, AuthToken token) = await SignInAsync();
        await using ForgingServer owned = server;
        server.Http.On("GET", "/userinfo", reply);

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => host.Engine.GetUserAsync(token.Session, host.Log, TestContext.Current.CancellationToken));

        Assert.Equal(id, error.Code);
        Assert.DoesNotContain("mallory", error.ToString());
    }

    [Theory]
    [InlineData("good", null)]
    [InlineData("another issuer", AuthErrorId.IssuerMismatch)]
    [InlineData("another client", AuthErrorId.AudienceMismatch)]
    [InlineData("another key", AuthErrorId.SignatureInvalid)]
    [InlineData("no signature", AuthErrorId.AlgorithmNotAllowed)]
    [InlineData("an access token", AuthErrorId.TokenUseMismatch)]
    [InlineData("another subject", AuthErrorId.ClaimMismatch)]
    public async Task A_signed_reply_passes_the_tests_of_a_token(string forgery, string? id)
    {
        (ForgingServer server, EngineHost host, AuthToken token) = await SignInAsync();
        await using ForgingServer owned = server;
        string header = forgery switch
        {
            "no signature" => """{"alg":"none"}""",
            "an access token" => """{"alg":"RS256","kid":"r1","typ":"at+jwt"}""",
            _ => """{"alg":"RS256","kid":"r1"}""",
        };
        string issuer = forgery == "another issuer" ? "https://evil.example" : server.Issuer;
        string claims = $$"""{"iss":"{{issuer}}","aud":"{{(forgery == "another client" ? "c2" : ForgingServer.Client)}}","sub":"{{(forgery == "another subject" ? "mallory" : "alice")}}"}""";
        string jwt = Forge.Token(header, claims, forgery == "another key" ? TestIssuer.Shared.Stranger : TestIssuer.Shared.Rsa, "RS256");
        server.Http.On("GET", "/userinfo", _ => new ScriptedReply(jwt) { ContentType = "application/jwt" });

        string? code = (await Record.ExceptionAsync(() => host.Engine.GetUserAsync(token.Session, host.Log, TestContext.Current.CancellationToken)) as AuthException)?.Code;

        Assert.Equal(id, code);
    }

    [Fact]
    public async Task Claims_that_are_asked_for_one_by_one_come_in_the_ID_token_and_from_UserInfo()
    {
        await using EmbeddedServer server = await PersonServer.StartAsync();
        using var walk = new SignInWalk();
        var host = new EngineHost(browser: new WalkingBrowser(walk));
        TokenRequest request = PersonServer.Request(server, "openid");

        AuthToken plain = await host.GetAsync(request);
        AuthUser before = await host.Engine.GetUserAsync(plain.Session, host.Log, TestContext.Current.CancellationToken);
        AuthToken asked = await host.GetAsync(request with { Input = request.Input with { ClaimsRequest = """{"userinfo":{"email":null},"id_token":{"email":{"essential":true}}}""" } });
        AuthUser after = await host.Engine.GetUserAsync(asked.Session, host.Log, TestContext.Current.CancellationToken);

        Assert.Equal((null, "alice@example.com"), (before.Email, after.Email));
        Assert.Equal("alice@example.com", AuthModule.Jose.Tokens.JwtDecoder.TryReadClaims(asked.Tokens.IdToken!.Reveal())!["email"]);
        Assert.NotSame(plain.Session, asked.Session);
    }

    private static async Task<(ForgingServer Server, EngineHost Host, AuthToken Token)> SignInAsync()
    {
        ForgingServer server = await ForgingServer.StartAsync();
        server.Http.On("GET", "/.well-known/openid-configuration", $$"""
            {"issuer":"{{server.Issuer}}","authorization_endpoint":"{{server.Issuer}}/authorize","token_endpoint":"{{server.Issuer}}/token","jwks_uri":"{{server.Issuer}}/keys","userinfo_endpoint":"{{server.Issuer}}/userinfo"}
            """);
        var host = new EngineHost();
        AuthToken token = await host.GetAsync(server.Request("openid") with { Input = new GrantInput { UserName = "alice", Password = AuthModule.Secrets.Secret.From("pw") } });
        return (server, host, token);
    }
}
