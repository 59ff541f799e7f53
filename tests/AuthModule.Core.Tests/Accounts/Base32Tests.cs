using System.Text;
using AuthModule.Accounts.SecondFactors;
using Xunit;

namespace AuthModule.Core.Tests.Accounts;

public sealed class Base32Tests
{
    // RFC 4648, section 10.
    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void The_vectors_of_RFC_4648_come_out_both_ways(string plain, string encoded)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(plain);
        Assert.Equal(encoded, Base32.Encode(bytes));
        Assert.True(Base32.TryDecode(encoded, out byte[] decoded));
        Assert.Equal(bytes, decoded);
    }

    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData("mzxw 6ytb-oi")]
    [InlineData("MZXW6YTBOI======")]
    public void What_people_type_is_read(string text)
    {
        Assert.True(Base32.TryDecode(text, out byte[] decoded));
        Assert.Equal("foobar", Encoding.ASCII.GetString(decoded));
    }

    [Theory]
    [Trait("Feature", "Y7")]
    [InlineData("M")]
    [InlineData("MZX")]
    [InlineData("MZXW6YTBO")]
    [InlineData("MZ1W")]
    [InlineData("MZ==XQ")]
    [InlineData("MZ")]
    public void What_is_not_base32_is_refused(string text) => Assert.False(Base32.TryDecode(text, out _));

    [Fact]
    [Trait("Feature", "Y7")]
    public void Twenty_bytes_are_thirty_two_characters() => Assert.Equal(32, Base32.Encode(new byte[20]).Length);
}
