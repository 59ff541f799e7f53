using System;
using System.Security.Cryptography;
using AuthModule.Cryptography;

namespace AuthModule.Core.Tests.Cryptography;

[Trait("Feature", "R28")]
public sealed class Ed25519Tests
{
    // RFC 8032, section 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_examples_of_RFC_8032_come_out_as_printed(string privateKey, string publicKey, string message, string signature)
    {
        byte[] d = Convert.FromHexString(privateKey), x = Convert.FromHexString(publicKey), data = Convert.FromHexString(message), good = Convert.FromHexString(signature);

        Assert.Equal(x, Ed25519.PublicKeyOf(d));
        Assert.Equal(good, Ed25519.Sign(d, data));
        Assert.True(Ed25519.Verify(x, data, good));
    }

    [Fact]
    public void A_change_of_any_bit_of_signature_or_key_is_refused()
    {
        byte[] d = Ed25519.NewPrivateKey(), data = [1, 2, 3];
        byte[] x = Ed25519.PublicKeyOf(d), signature = Ed25519.Sign(d, data);
        foreach (byte[] part in new[] { x, signature, data })
        {
            for (int bit = 0; bit < part.Length * 8; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(Ed25519.Verify(x, data, signature));
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        Assert.True(Ed25519.Verify(x, data, signature));
    }

    // With the neutral point as its key this signature would be good for whatever text.
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_key_with_which_a_signature_proves_nothing_is_none(string key)
    {
        byte[] forged = new byte[64];
        forged[0] = 1;
        Assert.Null(Ed25519PublicKey.TryRead(Convert.FromHexString(key)));
        Assert.False(Ed25519.Verify(Convert.FromHexString(key), RandomNumberGenerator.GetBytes(20), forged));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Keys_of_another_length_are_refused(int length)
    {
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(new byte[length], []));
        Assert.Throws<ArgumentException>(() => Ed25519.PublicKeyOf(new byte[length]));
        Assert.False(Ed25519.Verify(new byte[length], [], new byte[64]));
    }

    [Fact]
    public void Two_new_keys_differ() => Assert.NotEqual(Ed25519.NewPrivateKey(), Ed25519.NewPrivateKey());
}
