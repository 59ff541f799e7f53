#pragma warning disable CA5394 // Test data, the same in each run.
using System;
using System.Security.Cryptography;
using OwnAesGcm = AuthModule.Polyfills.AesGcm;

namespace AuthModule.Core.Tests.Polyfills;

/// <summary>The AES-GCM that the netstandard2.0 build brings, held to the framework's own: both read each other's stores.</summary>
public sealed class AesGcmTests
{
    private const int Seed = 38;

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [Trait("Feature", "N11")]
    [Trait("Feature", "D6")]
    public void It_writes_what_the_framework_writes_and_reads_it(int keyLength)
    {
        var random = new Random(Seed);
        for (int round = 0; round < 300; round++)
        {
            byte[] key = Bytes(random, keyLength), nonce = Bytes(random, 12), plain = Bytes(random, round), associated = Bytes(random, random.Next(70));
            byte[] cipher = new byte[plain.Length], tag = new byte[16], ownCipher = new byte[plain.Length], ownTag = new byte[16], read = new byte[plain.Length];
            using var framework = new AesGcm(key, 16);
            using var own = new OwnAesGcm(key, 16);

            framework.Encrypt(nonce, plain, cipher, tag, associated);
            own.Encrypt(nonce, plain, ownCipher, ownTag, associated);
            own.Decrypt(nonce, cipher, tag, read, associated);

            Assert.Equal(cipher, ownCipher);
            Assert.Equal(tag, ownTag);
            Assert.Equal(plain, read);
        }
    }

    // GCM specification (McGrew, Viega), test case 16.
    [Fact]
    [Trait("Feature", "N11")]
    public void It_gives_the_published_result()
    {
        byte[] plain = Convert.FromHexString("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        byte[] cipher = new byte[plain.Length], tag = new byte[16];
        using var own = new OwnAesGcm(Convert.FromHexString("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"), 16);

        own.Encrypt(Convert.FromHexString("cafebabefacedbaddecaf888"), plain, cipher, tag, Convert.FromHexString("feedfacedeadbeeffeedfacedeadbeefabaddad2"));

        Assert.Equal("522DC1F099567D07F47F37A32A84427D643A8CDCBFE5C0C97598A2BD2555D1AA8CB08E48590DBB3DA7B08B1056828838C5F61E6393BA7A0ABCC9F662", Convert.ToHexString(cipher));
        Assert.Equal("76FC6ECE0F4E1768CDDF8853BB2D551B", Convert.ToHexString(tag));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public void A_change_anywhere_is_refused_and_nothing_is_decrypted()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32), nonce = new byte[12], associated = [1, 2, 3], plain = [4, 5, 6, 7, 8];
        byte[] cipher = new byte[plain.Length], tag = new byte[16];
        using var own = new OwnAesGcm(key, 16);
        own.Encrypt(nonce, plain, cipher, tag, associated);

        foreach (byte[] part in new[] { nonce, cipher, tag, associated })
        {
            for (int bit = 0; bit < part.Length * 8; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                byte[] read = new byte[plain.Length];
                Assert.Throws<CryptographicException>(() => own.Decrypt(nonce, cipher, tag, read, associated));
                Assert.All(read, value => Assert.Equal(0, value));
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Short_tags_and_odd_nonces_are_not_offered()
    {
        Assert.Throws<ArgumentException>(() => new OwnAesGcm(new byte[32], 12));
        using var own = new OwnAesGcm(new byte[32], 16);
        Assert.Throws<ArgumentException>(() => own.Encrypt(new byte[16], [], [], new byte[16], []));
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
