using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

public class GoodTokenTests
{
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [Trait("Feature", "C7")]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task A_token_of_the_issuer_is_valid(string algorithm)
    {
        TokenTestResult result = await TestIssuer.TestAsync(TestIssuer.Shared.Token(clock, algorithm), TestIssuer.Shared.Rules(clock));

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Null(result.Failure);
        Assert.Equal(200, result.StatusCode);
        Assert.Null(result.WwwAuthenticate);
        Assert.Equal("alice", result.Subject);
        Assert.Equal(["orders.read", "orders.list"], result.Scopes);
        Assert.Equal(["staff", "night shift"], result.Groups);
        Assert.Equal(clock.GetUtcNow().AddHours(1), result.ExpiresOn);
        Assert.Equal("j1", result.Claims["jti"]);
    }

    [Theory]
    [Trait("Feature", "C7")]
    [InlineData("HS256", 32)]
    [InlineData("HS384", 48)]
    [InlineData("HS512", 64)]
    public async Task A_shared_secret_verifies_only_where_it_was_given(string algorithm, int bytes)
    {
        byte[] secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes);
        string token = Forge.Token(TestIssuer.Header(algorithm), TestIssuer.Claims(clock), SigningKey.FromSecret(secret));
        ValidationRules rules = TestIssuer.Shared.Rules(clock);

        Assert.True((await TestIssuer.TestAsync(token, rules with { HmacSecret = new SecretKeySource(secret) })).IsValid);
        Assert.Equal(AuthErrorId.AlgorithmNotAllowed, (await TestIssuer.TestAsync(token, rules)).Failure);
        secret[0] ^= 1;
        Assert.Equal(AuthErrorId.SignatureInvalid, (await TestIssuer.TestAsync(token, rules with { HmacSecret = new SecretKeySource(secret) })).Failure);
    }

    [Fact]
    [Trait("Feature", "N6")]
    public async Task Each_check_says_what_it_found()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { RequiredScopes = ["orders.read"] };
        TokenTestResult result = await TestIssuer.TestAsync(TestIssuer.Shared.Token(clock), rules);

        Dictionary<string, string> reasons = result.Checks.ToDictionary(check => check.Name, check => check.Reason);
        Assert.StartsWith("3 parts, ", reasons["Shape"]);
        Assert.Equal("RS256, key r1 is an RSA key", reasons["Algorithm"]);
        Assert.Equal("key r1 of https://id.example.com", reasons["Signature"]);
        Assert.Equal("https://id.example.com", reasons["Issuer"]);
        Assert.Equal("orders", reasons["Audience"]);
        Assert.Equal("1 hour left", reasons["Lifetime"]);
        Assert.Equal("orders.read orders.list", reasons["Scopes"]);
    }

    [Fact]
    [Trait("Feature", "C10")]
    public async Task The_audience_may_be_one_text_or_several()
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) => claims["aud"] = new[] { "billing", "orders" });
        Assert.True((await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock))).IsValid);
    }

    [Fact]
    [Trait("Feature", "C10")]
    public async Task Changing_the_claims_of_a_result_changes_no_other_result()
    {
        var validator = new TokenValidator();
        string token = TestIssuer.Shared.Token(clock);
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with
        {
            RequiredGroups = ["staff"],
            Condition = claims =>
            {
                ((object?[])claims["groups"]!)[0] = "administrators";
                return true;
            },
        };
        TokenTestResult first = await validator.ValidateAsync(token, rules, TestContext.Current.CancellationToken);
        ((object?[])first.Claims["groups"]!)[0] = "administrators";
        TokenTestResult second = await validator.ValidateAsync(token, rules, TestContext.Current.CancellationToken);

        Assert.True(second.IsValid);
        Assert.Equal("staff", ((object?[])second.Claims["groups"]!)[0]);
    }

    [Fact]
    public async Task Without_any_key_there_is_no_answer_but_an_error()
    {
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
            () => TestIssuer.TestAsync(TestIssuer.Shared.Token(clock), new ValidationRules { Clock = clock }));
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
    }
}
