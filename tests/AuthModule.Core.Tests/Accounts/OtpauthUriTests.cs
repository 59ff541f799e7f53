using AuthModule.Accounts.SecondFactors;
using Xunit;

namespace AuthModule.Core.Tests.Accounts;

public sealed class OtpauthUriTests
{
    [Fact]
    [Trait("Feature", "Y7")]
    public void Defaults_are_left_out()
    {
        var uri = new OtpauthUri("Pynomaly Security", "user@example.com", "JBSWY3DPEHPK3PXP");
        Assert.Equal(
            "otpauth://totp/Pynomaly%20Security:user%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Pynomaly%20Security",
            uri.ToUriString());
    }

    [Fact]
    [Trait("Feature", "Y7")]
    public void What_is_written_is_read_back()
    {
        var uri = new OtpauthUri("Häuser & Söhne", "a:b", "JBSWY3DPEHPK3PXP") { Algorithm = TotpAlgorithm.Sha512, Digits = 8, Period = 60 };
        Assert.EndsWith("&algorithm=SHA512&digits=8&period=60", uri.ToUriString());
        Assert.True(OtpauthUri.TryParse(uri.ToUriString(), out OtpauthUri? read));
        Assert.Equal(uri, read);
    }

    [Fact]
    [Trait("Feature", "Y7")]
    public void A_text_form_holds_no_secret() =>
        Assert.Equal("otpauth a:b", new OtpauthUri("a", "b", "JBSWY3DPEHPK3PXP").ToString());

    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData(null)]
    [InlineData("https://example.com")]
    [InlineData("otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=1")]
    [InlineData("otpauth://totp/a")]
    [InlineData("otpauth://totp/a?secret=1")]
    [InlineData("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=x")]
    [InlineData("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=md5")]
    public void Other_addresses_are_refused(string? text) => Assert.False(OtpauthUri.TryParse(text, out _));
}
