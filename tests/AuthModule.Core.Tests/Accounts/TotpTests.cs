using System;
using System.Text;
using AuthModule.Accounts.SecondFactors;
using Xunit;

namespace AuthModule.Core.Tests.Accounts;

public sealed class TotpTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_111_111_109);

    // RFC 6238, appendix B: the seed is the ASCII digits, repeated to the length of the hash.
    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void The_vectors_of_RFC_6238_come_out(long seconds, string sha1, string sha256, string sha512)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Assert.Equal(sha1, new Totp(Seed(20), TotpAlgorithm.Sha1, 8).CodeAt(time));
        Assert.Equal(sha256, new Totp(Seed(32), TotpAlgorithm.Sha256, 8).CodeAt(time));
        Assert.Equal(sha512, new Totp(Seed(64), TotpAlgorithm.Sha512, 8).CodeAt(time));
    }

    // RFC 4226, appendix D: the same engine with the counter as step.
    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(9, "520489")]
    public void The_vectors_of_RFC_4226_come_out(long counter, string code) =>
        Assert.Equal(code, new Totp(Seed(20)).CodeOfStep(counter));

    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_may_be_one_step_off(int steps, bool accepted)
    {
        var totp = new Totp(Seed(20));
        long step = totp.StepAt(Time) + steps;
        Assert.Equal(accepted ? step : null, totp.Match(totp.CodeOfStep(step), Time));
    }

    [Fact]
    [Trait("Feature", "Y7")]
    public void A_code_works_once()
    {
        var totp = new Totp(Seed(20));
        string code = totp.CodeAt(Time);
        long? step = totp.Match(code, Time);
        Assert.NotNull(step);
        Assert.Null(totp.Match(code, Time, step));
        Assert.Null(totp.Match(totp.CodeOfStep(step.Value - 1), Time, step));
        Assert.Equal(step + 1, totp.Match(totp.CodeOfStep(step.Value + 1), Time, step));
    }

    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("08180")]
    [InlineData("0818044")]
    [InlineData("０８１８０４")]
    public void What_is_no_code_is_refused(string? code) => Assert.Null(new Totp(Seed(20)).Match(code, Time));

    [Fact]
    [Trait("Feature", "Y7")]
    public void Period_and_digits_count()
    {
        var totp = new Totp(Seed(20), digits: 7, period: 60);
        Assert.Equal(7, totp.CodeAt(Time).Length);
        Assert.Equal(totp.CodeAt(DateTimeOffset.FromUnixTimeSeconds(60)), totp.CodeAt(DateTimeOffset.FromUnixTimeSeconds(119)));
        Assert.Equal(TimeSpan.FromSeconds(1), totp.LeftAt(DateTimeOffset.FromUnixTimeSeconds(119)));
    }

    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData("not base32!", 6, 30)]
    [InlineData("", 6, 30)]
    [InlineData("JBSWY3DPEHPK3PXP", 5, 30)]
    [InlineData("JBSWY3DPEHPK3PXP", 9, 30)]
    [InlineData("JBSWY3DPEHPK3PXP", 6, 0)]
    public void Bad_parameters_are_refused_without_showing_the_secret(string secret, int digits, int period)
    {
        var refused = Assert.Throws<ConfigurationException>(() => Totp.FromBase32(secret, digits: digits, period: period));
        Assert.Equal(AuthErrorId.InvalidKey, refused.Code);
        Assert.True(secret.Length == 0 || !refused.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "Y7")]
    [Trait("Feature", "N9")]
    public void A_secret_that_is_not_base32_is_advised_on_as_one() =>
        Assert.Contains("otpauth", Assert.Throws<ConfigurationException>(() => Totp.FromBase32("not base32!")).RecommendedAction);

    private static byte[] Seed(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append("1234567890");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
