using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Grants;

/// <summary>Token exchange and assertions, letter by letter.</summary>
public sealed class ExchangeTests
{
    private const string Reply = """{"access_token":"a1","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer","expires_in":60}""";

    [Fact]
    [Trait("Feature", "R8")]
    public async Task A_token_is_exchanged_for_another()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);
        var host = new EngineHost();

        AuthToken token = await host.GetAsync(Request(server, new GrantInput
        {
            SubjectToken = Secret.From("subject-1"),
            SubjectTokenType = "jwt",
            ActorToken = Secret.From("actor-1"),
            RequestedTokenType = "access_token",
        }) with { Scopes = ["read"], Resources = ["https://api.example/a", "https://api.example/b"], Parameters = new Dictionary<string, string> { ["audience"] = "api" } });

        Assert.Equal(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&resource=https%3A%2F%2Fapi.example%2Fa&resource=https%3A%2F%2Fapi.example%2Fb&scope=read"
            + "&requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&subject_token=subject-1&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
            + "&actor_token=actor-1&actor_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&audience=api&client_id=c1",
            server.Requests.Single().Body);
        Assert.Equal(GrantNames.TokenExchange, token.Session.Grant);
        Assert.DoesNotContain("subject-1", string.Join('\n', host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R8")]
    public async Task Another_subject_is_another_session()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);
        var host = new EngineHost();

        AuthToken first = await host.GetAsync(Request(server, new GrantInput { SubjectToken = Secret.From("subject-1") }));
        AuthToken second = await host.GetAsync(Request(server, new GrantInput { SubjectToken = Secret.From("subject-2") }));
        AuthToken again = await host.GetAsync(Request(server, new GrantInput { SubjectToken = Secret.From("subject-1") }));

        Assert.NotEqual(first.SessionId, second.SessionId);
        Assert.Equal(first.SessionId, again.SessionId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    [Trait("Feature", "R9")]
    public async Task An_assertion_is_exchanged_for_a_token_and_needs_no_client()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);

        AuthToken token = await new EngineHost().GetAsync(Request(server, new GrantInput { Assertion = Secret.From("assertion-1") }) with { ClientId = null, Scopes = ["read"] });

        Assert.Equal("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=assertion-1&scope=read", server.Requests.Single().Body);
        Assert.Null(server.Requests.Single().Header("Authorization"));
        Assert.Equal(GrantNames.JwtBearer, token.Session.Grant);
    }

    [Fact]
    [Trait("Feature", "R9")]
    public async Task An_assertion_of_a_confidential_client_goes_with_its_proof()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);

        await new EngineHost().GetAsync(Request(server, new GrantInput { Assertion = Secret.From("assertion-1") }) with { Client = new ClientCredential { Secret = Secret.From("s3cret") } });

        Assert.Equal("Basic YzE6czNjcmV0", server.Requests.Single().Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "R9")]
    public async Task A_refused_assertion_is_InvalidCredentials()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"error":"invalid_grant","error_description":"assertion-1 has expired"}""", 400);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost().GetAsync(Request(server, new GrantInput { Assertion = Secret.From("assertion-1") })));

        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
        Assert.DoesNotContain("assertion-1", error.ToJson());
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task A_bearer_token_where_a_bound_one_was_asked_for_is_refused()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(
            () => new EngineHost().GetAsync(Request(server, new GrantInput { Assertion = Secret.From("assertion-1") }) with { UseDpop = true }));

        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
        Assert.NotNull(server.Requests.Single().Header("DPoP"));
    }

    private static TokenRequest Request(ScriptedServer server, GrantInput input) => new() { TokenEndpoint = server.Address + "/token", ClientId = "c1", Input = input };
}
