using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Text;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

public class JwtDecoderTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void A_token_is_taken_apart_into_plain_values()
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) =>
        {
            claims["whole"] = 9007199254740993;
            claims["part"] = 0.5;
            claims["yes"] = true;
            claims["nothing"] = null;
            claims["inner"] = new Dictionary<string, object?> { ["a"] = new object?[] { 1, "x", null } };
        });
        DecodedToken decoded = JwtDecoder.Decode(token);

        Assert.Equal("RS256", decoded.Algorithm);
        Assert.Equal("r1", decoded.KeyId);
        Assert.Equal("at+jwt", decoded.Header["typ"]);
        Assert.Equal(TestIssuer.Name, decoded.Issuer);
        Assert.Equal("alice", decoded.Subject);
        Assert.Equal(["orders"], decoded.Audience);
        Assert.Equal(clock.GetUtcNow().AddHours(1), decoded.ExpiresOn);
        Assert.Equal(clock.GetUtcNow().AddMinutes(-1), decoded.IssuedOn);
        Assert.Null(decoded.NotBefore);
        Assert.False(decoded.Verified);
        Assert.Equal(9007199254740993L, decoded.Claims["whole"]);
        Assert.Equal(0.5, decoded.Claims["part"]);
        Assert.Equal(true, decoded.Claims["yes"]);
        Assert.Null(decoded.Claims["nothing"]);
        Assert.Equal(new object?[] { 1L, "x", null }, (object?[])((Dictionary<string, object?>)decoded.Claims["inner"]!)["a"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("e30.W10.")]
    public void Anything_else_is_malformed_and_is_not_quoted(string text)
    {
        TokenValidationException error = Assert.Throws<TokenValidationException>(() => JwtDecoder.Decode(text));
        Assert.Equal(AuthErrorId.TokenMalformed, error.Code);
        Assert.True(text.Length < 4 || !error.Message.Contains(text, StringComparison.Ordinal));
        Assert.Null(JwtDecoder.TryReadClaims(text));
    }

    [Fact]
    public void Base64url_is_read_strictly()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(length);
            Assert.True(Base64Url.TryDecode(Base64Url.Encode(bytes), out byte[] decoded));
            Assert.Equal(bytes, decoded);
        }

        Assert.All(["A", "AA=", "AA==", "AB", "AAB", "A A", "AA\n", "A+", "A/", "\u00c1A", "AAAAA"], text => Assert.False(Base64Url.TryDecode(text, out _), text));
    }
}
