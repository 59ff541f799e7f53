using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Cryptography;
using AuthModule.Jose.Signing;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Text;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Tokens that are signed with Ed25519 (RFC 8037).</summary>
[Trait("Feature", "R28")]
public sealed class EdwardsTokenTests
{
    private static readonly byte[] Key = Ed25519.NewPrivateKey();
    private static readonly ManualTimeProvider Clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_token_signed_with_the_issuers_key_is_valid()
    {
        TokenTestResult result = await TestAsync(Token(Key), Ed25519.PublicKeyOf(Key));
        Assert.True(result.IsValid, string.Join("; ", result.Checks));
    }

    [Fact]
    public async Task A_token_of_another_key_or_changed_after_it_was_signed_is_refused()
    {
        string good = Token(Key);
        string[] parts = good.Split('.');
        string other = Token(Ed25519.NewPrivateKey(), "mallory");

        Assert.Equal(AuthErrorId.SignatureInvalid, (await TestAsync(other, Ed25519.PublicKeyOf(Key))).Failure);
        Assert.Equal(AuthErrorId.SignatureInvalid, (await TestAsync($"{parts[0]}.{other.Split('.')[1]}.{parts[2]}", Ed25519.PublicKeyOf(Key))).Failure);
    }

    [Fact]
    public async Task A_published_key_that_is_no_key_proves_nothing()
    {
        // The neutral point: this signature would be good for every text.
        byte[] neutral = new byte[32], forged = new byte[64];
        neutral[0] = forged[0] = 1;
        string[] parts = Token(Key).Split('.');
        TokenTestResult result = await TestAsync($"{parts[0]}.{parts[1]}.{Base64Url.Encode(forged)}", neutral);
        Assert.Equal(AuthErrorId.SignatureInvalid, result.Failure);
    }

    private static Task<TokenTestResult> TestAsync(string token, byte[] publicKey)
    {
        byte[] jwks = System.Text.Encoding.UTF8.GetBytes($$"""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"{{Base64Url.Encode(publicKey)}}"}]}""");
        ValidationRules rules = TestIssuer.Shared.Rules(Clock) with { Keys = TestIssuer.Source(jwks) };
        return new TokenValidator().ValidateAsync(token, rules, TestContext.Current.CancellationToken);
    }

    private static string Token(byte[] key, string subject = "alice") => JwtWriter.Write(
        new Dictionary<string, object?> { ["alg"] = "EdDSA", ["typ"] = "at+jwt", ["kid"] = "k" },
        new Dictionary<string, object?>(TestIssuer.Claims(Clock)) { ["sub"] = subject },
        data => Ed25519.Sign(key, data));
}
