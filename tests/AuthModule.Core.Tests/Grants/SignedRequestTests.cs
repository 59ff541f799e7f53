using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.TestKit.Files;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Core.Tests.Grants;

/// <summary>Authorization requests that the client signs (JAR, RFC 9101).</summary>
[Trait("Feature", "R23")]
public sealed class SignedRequestTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TestFolder folder = new();

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signed_request_signs_in_pushed_and_in_the_address(bool isPushed)
    {
        await using EmbeddedServer server = await StartAsync();
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);

        AuthToken token = await new EngineHost(browser: browser).GetAsync(Request(server, isPushed));

        Assert.Equal("alice", token.Subject);
        string[] shown = [.. FormText.Read(browser.Opened!.Query).Select(static field => field.Key)];
        Assert.Equal(isPushed ? ["client_id", "request_uri"] : ["response_type", "client_id", "scope", "request"], shown);
        ServedRequest? pushed = server.Requests.SingleOrDefault(static sent => sent.Path == "/par");
        Assert.Equal(isPushed, pushed is not null);
        Assert.DoesNotContain(pushed?.Fields ?? [], static field => field.Name == "code_challenge");
    }

    [Fact]
    public async Task The_object_names_client_server_and_a_short_time_and_has_every_field()
    {
        await using EmbeddedServer server = await StartAsync();
        var host = new EngineHost();
        TokenRequest request = Request(server, isPushed: false) with { Resources = ["orders", "urn:stock"] };

        AuthorizationRequest made = await host.Engine.CreateAuthorizationRequestAsync(
            request with { Input = request.Input with { MaximumAge = TimeSpan.FromSeconds(60) } }, host.Log, TestContext.Current.CancellationToken);

        DecodedToken signed = JwtDecoder.Decode(FormText.Read(made.Url.Query).Single(static field => field.Key == "request").Value);
        Assert.Equal(("oauth-authz-req+jwt", "ES256"), (signed.Header["typ"], signed.Algorithm));
        Assert.Equal((PersonServer.Client, server.Issuer), (signed.Issuer, Assert.Single(signed.Audience)));
        Assert.Equal((PersonServer.Client, "code", made.State, "60"), (signed.Claims["client_id"], signed.Claims["response_type"], signed.Claims["state"], signed.Claims["max_age"]));
        Assert.Equal(["orders", "urn:stock"], Assert.IsAssignableFrom<System.Collections.IEnumerable>(signed.Claims["resource"]).Cast<string>());
        Assert.InRange(signed.ExpiresOn!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(11));
        Assert.NotNull(made.OpenBefore);
        Assert.DoesNotContain("signedRequest", made.Url.Query);
    }

    [Fact]
    public async Task A_client_that_has_to_sign_is_refused_without()
    {
        await using EmbeddedServer server = await StartAsync();
        using var walk = new SignInWalk();
        TokenRequest request = Request(server, isPushed: true) with { Parameters = PersonServer.Fields() };

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(request));

        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
    }

    [Fact]
    public async Task Without_a_key_of_the_client_nothing_is_sent()
    {
        await using EmbeddedServer server = await StartAsync();
        TokenRequest request = Request(server, isPushed: true) with { Client = ClientCredential.None };

        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => new EngineHost().GetAsync(request));

        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Equal(0, server.CountOf("/par"));
    }

    private Task<EmbeddedServer> StartAsync() => PersonServer.StartAsync(client => client with
    {
        Keys = [JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: false))))],
        RequiresSignedRequests = true,
    });

    private TokenRequest Request(EmbeddedServer server, bool isPushed)
    {
        string path = System.IO.Path.Combine(folder.Path, "client.pem");
        System.IO.File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
        return PersonServer.Request(server) with
        {
            Client = new ClientCredential { KeyFile = path },
            Parameters = PersonServer.Fields(("signedRequest", "true"), ("pushedAuthorization", isPushed ? "true" : "false")),
        };
    }
}
