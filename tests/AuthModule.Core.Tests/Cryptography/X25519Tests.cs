using System;
using AuthModule.Cryptography;

namespace AuthModule.Core.Tests.Cryptography;

[Trait("Feature", "R28")]
public sealed class X25519Tests
{
    // RFC 7748, section 6.1.
    [Fact]
    public void The_example_of_RFC_7748_comes_out_as_printed()
    {
        byte[] alice = Convert.FromHexString("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] bob = Convert.FromHexString("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");

        Assert.Equal("8520F0098930A754748B7DDCB43EF75A0DBF3A0D26381AF4EBA4A98EAA9B4E6A", Convert.ToHexString(X25519.PublicKeyOf(alice)));
        Assert.Equal("DE9EDB7D7B7DC1B4D35B61C2ECE435373F8343C85B78674DADFC7E146F882B4F", Convert.ToHexString(X25519.PublicKeyOf(bob)));
        Assert.Equal("4A5D9D5BA4CE2DE1728E3BF480350F25E07E21C947D19E3376F09B3C1E161742", Convert.ToHexString(X25519.Agree(alice, X25519.PublicKeyOf(bob))!));
        Assert.Equal(X25519.Agree(alice, X25519.PublicKeyOf(bob)), X25519.Agree(bob, X25519.PublicKeyOf(alice)));
    }

    [Fact]
    public void New_keys_agree()
    {
        byte[] one = X25519.NewPrivateKey(), other = X25519.NewPrivateKey();
        Assert.NotEqual(one, other);
        Assert.Equal(X25519.Agree(one, X25519.PublicKeyOf(other)), X25519.Agree(other, X25519.PublicKeyOf(one)));
    }

    [Fact]
    public void A_key_that_makes_every_secret_the_same_is_refused()
    {
        byte[] one = new byte[32];
        one[0] = 1;
        Assert.Null(X25519.Agree(X25519.NewPrivateKey(), new byte[32]));
        Assert.Null(X25519.Agree(X25519.NewPrivateKey(), one));
        Assert.Null(X25519.Agree(X25519.NewPrivateKey(), new byte[31]));
        Assert.Throws<ArgumentException>(() => X25519.Agree(new byte[31], new byte[32]));
    }
}
