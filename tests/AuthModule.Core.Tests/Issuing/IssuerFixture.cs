using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Stores;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Issuing;

/// <summary>An issuer on a memory store and a clock that the test moves.</summary>
internal sealed class IssuerFixture
{
    public IssuerFixture(TokenFormat format = TokenFormat.Opaque, Func<string>? tokens = null)
    {
        Store = new MemoryStore(Clock);
        Issuer = new AuthIssuer(Store, Clock, tokens: tokens) { TokenFormat = format };
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryStore Store { get; }

    public AuthIssuer Issuer { get; }

    public static CancellationToken Canceled => Xunit.TestContext.Current.CancellationToken;

    public Task<IssuedTokens> IssueAsync(params string[] scopes) =>
        Issuer.IssueAsync(new TokenGrant { Subject = "alice", Scopes = scopes }, Canceled);

    public async Task<string?> FailureOfAsync(string? accessToken) =>
        (await Issuer.ValidateAsync(accessToken, Canceled)).Failure;
}
