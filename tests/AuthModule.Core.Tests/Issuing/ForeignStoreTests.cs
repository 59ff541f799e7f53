using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using Xunit;

namespace AuthModule.Core.Tests.Issuing;

public sealed class ForeignStoreTests
{
    [Fact]
    [Trait("Feature", "G9")]
    public async Task A_store_that_throws_is_reported_as_unavailable()
    {
        var issuer = new AuthIssuer(new BrokenStore());
        var refused = await Assert.ThrowsAsync<AuthServiceException>(
            () => issuer.IssueAsync(new TokenGrant { Subject = "alice" }, IssuerFixture.Canceled));
        Assert.Equal(AuthErrorId.StoreUnavailable, refused.Code);
        Assert.Equal("broken", refused.Service);
        Assert.IsType<InvalidOperationException>(refused.InnerException);
    }

    [Theory]
    [Trait("Feature", "G9")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"user_id":"a","scopes":[],"type":"access","expires_at":"never"}""")]
    public async Task A_record_that_cannot_be_read_is_reported_as_corrupt(string value)
    {
        var fixture = new IssuerFixture();
        await fixture.Store.SetAsync(TokenKey.Hash("token"), Encoding.UTF8.GetBytes(value), null, IssuerFixture.Canceled);
        var refused = await Assert.ThrowsAsync<AuthServiceException>(() => fixture.FailureOfAsync("token"));
        Assert.Equal(AuthErrorId.StoreCorrupt, refused.Code);
    }

    [Theory]
    [Trait("Feature", "G9")]
    [InlineData("\"2026-01-02T03:04:06\"")]
    [InlineData("\"2026-01-02T03:04:06.000000+00:00\"")]
    [InlineData("1767323046")]
    public async Task Records_of_other_writers_of_the_contract_are_read(string time)
    {
        var fixture = new IssuerFixture();
        string record = $$"""{"user_id":"alice","scopes":["read"],"type":"access","expires_at":{{time}}}""";
        await fixture.Store.SetAsync(TokenKey.Hash("token"), Encoding.UTF8.GetBytes(record), null, IssuerFixture.Canceled);
        Assert.Null(await fixture.FailureOfAsync("token"));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthErrorId.TokenExpired, await fixture.FailureOfAsync("token"));
    }

    private sealed class BrokenStore : ITokenStore
    {
        public string Name => "broken";

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => throw Fault;

        public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) => throw Fault;

        public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) => throw Fault;

        public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) => throw Fault;

        public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) => throw Fault;

        public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) => throw Fault;

        private static InvalidOperationException Fault => new("the user's own store is down");
    }
}
