using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Rest;

namespace AuthModule.Core.Tests.Grants;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderDpopTests(OidcProviderServer server)
{
    private readonly EngineHost host = new();

    [Theory]
    [Trait("Feature", "R13")]
    [InlineData("ccDpop")]
    [InlineData("ccDpopNonce")]
    public async Task Tokens_are_bound_to_one_key_for_the_whole_session(string client)
    {
        AuthToken first = await host.GetAsync(server.As(client) with { UseDpop = true });
        AuthToken second = await host.UpdateAsync();

        string bound = await ThumbprintAsync(first);
        Assert.Equal("DPoP", first.TokenType);
        Assert.Equal(bound, await ThumbprintAsync(second));
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        AuthToken other = await new EngineHost().GetAsync(server.As(client) with { UseDpop = true });
        Assert.NotEqual(bound, await ThumbprintAsync(other));
    }

    [Fact]
    [Trait("Feature", "R13")]
    public async Task A_client_that_must_bind_its_tokens_is_refused_without_a_key() =>
        await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(server.As("ccDpop")));

    [Fact]
    [Trait("Feature", "R13")]
    [Trait("Feature", "R5")]
    public async Task An_API_takes_the_token_with_a_proof_and_not_without()
    {
        using var walk = new SignInWalk();
        var person = new EngineHost(browser: new WalkingBrowser(walk));
        AuthToken token = await person.GetAsync(server.As("nativeDpop", "openid") with { UseDpop = true, Grant = "interactive" });
        var api = new Uri(server.Issuer + "/me");

        using RestReply reply = await person.Engine.Rest.SendAsync(token.Session, new RestRequest(api), TransportSettings.Default, person.Log, TestContext.Current.CancellationToken);

        using var body = new StreamReader(await reply.OpenBodyAsync(TestContext.Current.CancellationToken));
        Assert.Equal("alice", JsonDocument.Parse(await body.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("sub").GetString());
        using var bare = new System.Net.Http.HttpClient();
        bare.DefaultRequestHeaders.Authorization = new("Bearer", token.ToPlainText());
        Assert.Equal(401, (int)(await bare.GetAsync(api, TestContext.Current.CancellationToken)).StatusCode);
        Assert.DoesNotContain(token.ToPlainText(), string.Join('\n', person.Log.Lines));
    }

    private async Task<string> ThumbprintAsync(AuthToken token) =>
        (await server.IntrospectAsync(token.ToPlainText())).GetProperty("cnf").GetProperty("jkt").GetString()!;
}
