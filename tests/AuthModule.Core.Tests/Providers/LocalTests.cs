using System;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Stores;

namespace AuthModule.Core.Tests.Providers;

public sealed class LocalTests
{
    private static TokenRequest Request(AuthIssuer issuer, string subject = "alice") => new()
    {
        Scopes = ["orders.read"],
        Input = new GrantInput { Issuer = issuer, Subject = subject },
        Grant = "issuer",
    };

    [Fact]
    [Trait("Feature", "G3")]
    [Trait("Feature", "G5")]
    [Trait("Feature", "G7")]
    [Trait("Feature", "N1")]
    public async Task The_same_calls_get_renew_and_revoke_a_token_of_ones_own_issuer()
    {
        var issuer = new AuthIssuer(new MemoryStore(TimeProvider.System));
        var engine = new EngineHost();
        AuthToken first = await engine.GetAsync(Request(issuer));
        Assert.Equal((43, "alice", "orders.read", true), (first.ToPlainText().Length, first.Subject, string.Join(' ', first.Scopes), first.HasRefreshToken));
        Assert.Same(first, await engine.CurrentAsync());
        AuthToken second = await engine.UpdateAsync();
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.False((await issuer.ValidateAsync(first.ToPlainText(), TestContext.Current.CancellationToken)).IsActive);
        Assert.True((await issuer.ValidateAsync(second.ToPlainText(), TestContext.Current.CancellationToken)).IsActive);
        RevocationResult result = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (result.AccessToken, result.RefreshToken));
        Assert.False((await issuer.ValidateAsync(second.ToPlainText(), TestContext.Current.CancellationToken)).IsActive);
    }

    [Fact]
    [Trait("Feature", "N2")]
    public async Task Two_issuers_do_not_share_a_session()
    {
        var engine = new EngineHost();
        AuthToken one = await engine.GetAsync(Request(new AuthIssuer()));
        AuthToken other = await engine.GetAsync(Request(new AuthIssuer()));
        Assert.NotEqual(one.SessionId, other.SessionId);
        Assert.NotEqual(one.ToPlainText(), other.ToPlainText());
    }
}
