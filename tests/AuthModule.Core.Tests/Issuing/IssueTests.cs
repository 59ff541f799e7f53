using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Issuing;
using Xunit;

namespace AuthModule.Core.Tests.Issuing;

public sealed class IssueTests
{
    [Fact]
    [Trait("Feature", "G1")]
    public async Task Tokens_are_43_base64url_characters_and_never_repeat()
    {
        var fixture = new IssuerFixture();
        var seen = new HashSet<string>();
        for (int i = 0; i < 50; i++)
        {
            IssuedTokens tokens = await fixture.IssueAsync();
            foreach (string token in new[] { tokens.AccessToken.Reveal(), tokens.RefreshToken!.Reveal() })
            {
                Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
                Assert.True(seen.Add(token));
            }
        }
    }

    [Fact]
    [Trait("Feature", "G2")]
    public async Task The_store_holds_a_lowercase_hash_and_the_record_of_the_contract_but_no_token()
    {
        var fixture = new IssuerFixture();
        IssuedTokens tokens = await fixture.IssueAsync("read", "write");

        JsonElement access = await RecordAsync(fixture, tokens.AccessToken.Reveal());
        Assert.Equal(["user_id", "scopes", "type", "expires_at"], Names(access));
        Assert.Equal("alice", access.GetProperty("user_id").GetString());
        Assert.Equal(["read", "write"], access.GetProperty("scopes").EnumerateArray().Select(static item => item.GetString()));
        Assert.Equal("access", access.GetProperty("type").GetString());
        Assert.Equal("2026-01-02T04:04:05Z", access.GetProperty("expires_at").GetString());

        JsonElement refresh = await RecordAsync(fixture, tokens.RefreshToken!.Reveal());
        Assert.Equal(["user_id", "scopes", "type", "expires_at", "access_token_hash"], Names(refresh));
        Assert.Equal("refresh", refresh.GetProperty("type").GetString());
        Assert.Equal(Hash(tokens.AccessToken.Reveal()), refresh.GetProperty("access_token_hash").GetString());
        Assert.Null(await fixture.Store.GetAsync(tokens.AccessToken.Reveal(), IssuerFixture.Canceled));
    }

    [Fact]
    [Trait("Feature", "G3")]
    public async Task Lifetimes_are_an_hour_and_a_day_unless_set()
    {
        var fixture = new IssuerFixture();
        IssuedTokens tokens = await fixture.IssueAsync("read");
        Assert.Equal(TimeSpan.FromSeconds(3600), tokens.ExpiresIn);
        Assert.Equal(TimeSpan.FromSeconds(86400), tokens.RefreshExpiresIn);
        Assert.Equal("Bearer", tokens.TokenType);

        var brief = new AuthIssuer(fixture.Store, fixture.Clock) { TokenLifetime = TimeSpan.FromSeconds(5), RefreshLifetime = TimeSpan.FromSeconds(9) };
        IssuedTokens quick = await brief.IssueAsync(new TokenGrant { Subject = "bob" }, IssuerFixture.Canceled);
        Assert.Equal(fixture.Clock.GetUtcNow().AddSeconds(5), quick.ExpiresOn);
        Assert.Equal(TimeSpan.FromSeconds(9), quick.RefreshExpiresIn);
    }

    [Theory]
    [Trait("Feature", "G3")]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_lifetime_that_is_not_above_zero_is_refused(int seconds)
    {
        var refused = Assert.Throws<ConfigurationException>(() => new AuthIssuer { TokenLifetime = TimeSpan.FromSeconds(seconds) });
        Assert.Equal(AuthErrorId.InvalidDuration, refused.Code);
    }

    [Fact]
    [Trait("Feature", "G13")]
    public async Task Tokens_and_clock_can_be_set()
    {
        var names = new Queue<string>(["first", "second"]);
        var fixture = new IssuerFixture(tokens: names.Dequeue);
        IssuedTokens tokens = await fixture.IssueAsync();
        Assert.Equal("first", tokens.AccessToken.Reveal());
        Assert.Equal("second", tokens.RefreshToken!.Reveal());
        Assert.Equal(fixture.Clock.GetUtcNow(), tokens.IssuedOn);
    }

    private static async Task<JsonElement> RecordAsync(IssuerFixture fixture, string token)
    {
        byte[]? value = await fixture.Store.GetAsync(Hash(token), IssuerFixture.Canceled);
        Assert.NotNull(value);
        Assert.DoesNotContain(token, Encoding.UTF8.GetString(value), StringComparison.Ordinal);
        return JsonDocument.Parse(value).RootElement;
    }

    private static IEnumerable<string> Names(JsonElement record) => record.EnumerateObject().Select(static member => member.Name);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
