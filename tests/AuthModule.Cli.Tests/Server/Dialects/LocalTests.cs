using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class LocalTests
{
    [Fact]
    [Trait("Feature", "G1")]
    public async Task The_local_issuer_gives_opaque_tokens()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement reply = await (await fixture.PostBasicAsync("/local/token", "portal", "portal-secret", ("grant_type", "client_credentials"))).JsonAsync(200);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", reply.Text("access_token"));
        Assert.True(await fixture.IsActiveAsync(reply.Text("access_token")));
    }
}
