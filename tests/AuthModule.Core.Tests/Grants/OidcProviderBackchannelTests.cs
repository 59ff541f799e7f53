using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Grants;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderBackchannelTests(OidcProviderServer server)
{
    private readonly EngineHost host = new(new HurriedClock());

    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_confirms_on_their_own_device()
    {
        AuthToken token = await host.GetAsync(Request("alice"));

        Assert.Equal(("alice", GrantNames.Backchannel), (token.Subject, token.Session.Grant));
        Assert.True(await server.IsActiveAsync(token.ToPlainText()));
        Assert.NotEqual(token.ToPlainText(), (await host.UpdateAsync()).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_who_refuses_is_AccessDenied() =>
        Assert.Equal(AuthErrorId.AccessDenied, (await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request("mallory")))).Code);

    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_whom_the_server_does_not_know_is_refused_in_its_words() =>
        Assert.Equal("unknown_user_id", (await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request("nobody")))).OAuthError);

    private TokenRequest Request(string user) => server.As("ciba") with { Input = new GrantInput { LoginHint = user } };
}
