using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>A token that was seen before is not verified again, but everything else is looked at each time.</summary>
public class SeenTokenTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly TokenValidator validator = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "C8")]
    public async Task It_expires_all_the_same()
    {
        string token = TestIssuer.Shared.Token(clock);
        ValidationRules rules = TestIssuer.Shared.Rules(clock);
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
        clock.Advance(TimeSpan.FromSeconds(3659));
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthErrorId.TokenExpired, (await validator.ValidateAsync(token, rules, Stop)).Failure);
    }

    [Fact]
    public async Task Other_rules_are_other_rules()
    {
        string token = TestIssuer.Shared.Token(clock);
        ValidationRules rules = TestIssuer.Shared.Rules(clock);
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);

        Assert.Equal(AuthErrorId.AudienceMismatch, (await validator.ValidateAsync(token, rules with { Audiences = ["billing"] }, Stop)).Failure);
        Assert.Equal(AuthErrorId.AlgorithmNotAllowed, (await validator.ValidateAsync(token, rules with { AllowedAlgorithms = ["ES256"] }, Stop)).Failure);
        Assert.Equal(AuthErrorId.InsufficientScope, (await validator.ValidateAsync(token, rules with { RequiredScopes = ["admin"] }, Stop)).Failure);
    }

    [Fact]
    [Trait("Feature", "C7")]
    public async Task Another_issuers_key_of_the_same_id_does_not_inherit_the_verdict()
    {
        string token = TestIssuer.Shared.Token(clock);
        ValidationRules rules = TestIssuer.Shared.Rules(clock);
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);

        ValidationRules elsewhere = rules with { Keys = TestIssuer.Source(SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r1"))) };
        Assert.Equal(AuthErrorId.SignatureInvalid, (await validator.ValidateAsync(token, elsewhere, Stop)).Failure);
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
    }

    [Fact]
    [Trait("Feature", "C7")]
    public async Task A_copy_with_another_signature_is_another_token()
    {
        string token = TestIssuer.Shared.Token(clock);
        ValidationRules rules = TestIssuer.Shared.Rules(clock);
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
        string copy = token[..(token.LastIndexOf('.') + 1)] + Forge.Part(new byte[256]);
        Assert.Equal(AuthErrorId.SignatureInvalid, (await validator.ValidateAsync(copy, rules, Stop)).Failure);
        Assert.False((await validator.ValidateAsync(token.Replace('.', '\uFF0E'), rules, Stop)).IsValid);
    }

    [Theory]
    [Trait("Feature", "C7")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("RS384")]
    [InlineData("ES512")]
    public async Task Parts_of_two_good_tokens_are_no_good_token(string algorithm)
    {
        string one = TestIssuer.Shared.Token(clock, algorithm);
        clock.Advance(TimeSpan.FromSeconds(1));
        string other = TestIssuer.Shared.Token(clock, algorithm);
        ValidationRules rules = TestIssuer.Shared.Rules(clock);
        Assert.True((await validator.ValidateAsync(one, rules, Stop)).IsValid);
        Assert.True((await validator.ValidateAsync(other, rules, Stop)).IsValid);
        string mixed = one[..one.LastIndexOf('.')] + other[other.LastIndexOf('.')..];
        Assert.NotEqual(one, mixed);
        Assert.Equal(AuthErrorId.SignatureInvalid, (await validator.ValidateAsync(mixed, rules, Stop)).Failure);
        Assert.True((await validator.ValidateAsync(one, rules, Stop)).IsValid);
    }

    [Fact]
    public async Task What_it_remembers_is_bounded()
    {
        var recent = new RecentTokens<object>(maxPerGeneration: 100);
        for (int i = 0; i < 10_000; i++)
        {
            recent.Keep(TokenDigest.Of($"{i}"), i);
        }

        int remembered = 0;
        for (int i = 0; i < 10_000; i++)
        {
            remembered += recent.Find(TokenDigest.Of($"{i}")) is null ? 0 : 1;
        }

        Assert.InRange(remembered, 1, 200);
        await Task.CompletedTask;
    }
}
