using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AuthModule.Cryptography;
using AuthModule.TestKit.Files;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Cryptography;

/// <summary>What the netstandard2.0 build has in place of the framework's own, held to the framework's own.</summary>
[Trait("Feature", "D6")]
public sealed class OlderFrameworkTests
{
    private static readonly Regex Makers = new(@"\bRSA\.Create\(|new RSACryptoServiceProvider|new RsaSecurityKey\(new RSAParameters", RegexOptions.CultureInvariant);

    // An Ed25519 key as OpenSSL encrypts it (PBES2, AES-256-CBC), and the same in the open.
    private const string Encrypted =
        "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiKYtrUWTdU9wICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDrdo3KORBqMxXK0pzcGii4E"
        + "QDs+mb85BrEX2RiihhUv2diG5/asViOy8CGfEZ0zIEL5p4ErKs/X/KjvcellxxnQV35mMuqju30QqcDGzgDsEBc=";
    private const string Open = "MC4CAQAwBQYDK2VwBCIEIKNw3hU3g5QT7spOuCZ3PS1aTtzNFu+f7J0/nEp9oB2E";

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public void A_secret_is_agreed_on_and_a_public_point_found_as_the_framework_does(string curve)
    {
        ECCurve named = AuthModule.Jose.Encryption.EcCurve.Find(curve)!.Value;
        for (int i = 0; i < 20; i++)
        {
            using ECDiffieHellman ours = ECDiffieHellman.Create(named);
            using ECDiffieHellman theirs = ECDiffieHellman.Create(named);
            ECParameters own = ours.ExportParameters(includePrivateParameters: true);
            ECPoint other = theirs.ExportParameters(includePrivateParameters: false).Q;

            ECPoint point = NistCurves.PublicPointOf(curve, own.D!);
            Assert.Equal(own.Q.X, point.X);
            Assert.Equal(own.Q.Y, point.Y);
            Assert.Equal(ours.DeriveRawSecretAgreement(theirs.PublicKey), NistCurves.Agree(curve, own.D!, other.X!, other.Y!));
        }
    }

    [Fact]
    public void A_point_beside_the_curve_is_refused()
    {
        using ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        ECParameters own = key.ExportParameters(includePrivateParameters: true);
        byte[] wrong = (byte[])own.Q.Y!.Clone();
        wrong[31] ^= 1;
        Assert.ThrowsAny<ArgumentException>(() => NistCurves.Agree("P-256", own.D!, own.Q.X!, wrong));
    }

    [Theory]
    [InlineData(1, 32)]
    [InlineData(1000, 32)]
    [InlineData(1000, 50)]
    public void A_passphrase_becomes_the_same_key(int iterations, int length)
    {
        byte[] password = Encoding.UTF8.GetBytes("correct horse battery staple"), salt = RandomNumberGenerator.GetBytes(16);
        Assert.Equal(
            Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, length),
            PasswordKey.Derive(password, salt, iterations, length));
    }

    [Theory]
    [InlineData(PbeEncryptionAlgorithm.Aes128Cbc, "SHA256")]
    [InlineData(PbeEncryptionAlgorithm.Aes192Cbc, "SHA384")]
    [InlineData(PbeEncryptionAlgorithm.Aes256Cbc, "SHA512")]
    [InlineData(PbeEncryptionAlgorithm.Aes256Cbc, "SHA1")]
    [InlineData(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, "SHA1")]
    [Trait("Feature", "R3")]
    public void An_encrypted_key_is_opened_as_the_framework_does(PbeEncryptionAlgorithm algorithm, string hash)
    {
        using RSA rsa = RSA.Create(2048);
        byte[] der = rsa.ExportEncryptedPkcs8PrivateKey("canary-password", new PbeParameters(algorithm, new HashAlgorithmName(hash), 1000));

        byte[] opened = EncryptedKey.TryOpen(der, "canary-password")!;

        using RSA read = RSA.Create();
        read.ImportPkcs8PrivateKey(opened, out _);
        Assert.Equal(rsa.ExportParameters(true).D, read.ExportParameters(true).D);
        Assert.Null(EncryptedKey.TryOpen(der, "another"));
        Assert.Null(EncryptedKey.TryOpen(der[..^1], "canary-password"));
        Assert.Null(EncryptedKey.TryOpen([], "canary-password"));
    }

    [Fact]
    [Trait("Feature", "R3")]
    [Trait("Feature", "R28")]
    public void An_encrypted_key_of_a_kind_that_the_framework_does_not_know_is_opened() =>
        Assert.Equal(Open, Convert.ToBase64String(EncryptedKey.TryOpen(Convert.FromBase64String(Encrypted), "canary-password")!));

    // RFC 7518, appendix C.
    [Fact]
    [Trait("Feature", "R16")]
    public void The_key_derivation_gives_the_published_result()
    {
        byte[] secret = [158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196];
        byte[] info = [0, 0, 0, 7, .. "A128GCM"u8, 0, 0, 0, 5, .. "Alice"u8, 0, 0, 0, 3, .. "Bob"u8, 0, 0, 0, 128];
        Assert.Equal("VqqN6vgjbSBcIijNcacQGg", Base64Url.Encode(ConcatKdf.Derive(secret, info, 16)));
        Assert.Equal(70, ConcatKdf.Derive(secret, info, 70).Length);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(3072)]
    public void An_RSA_key_has_as_many_bits_as_were_asked_for(int bits)
    {
        using RSA rsa = RsaFactory.Generate(bits);
        Assert.Equal(bits, rsa.ExportParameters(includePrivateParameters: false).Modulus!.Length * 8);
    }

    [Fact]
    public void Every_RSA_key_of_the_engine_is_made_at_one_place()
    {
        string[] makers = [.. RepositoryFiles.Sources("src/AuthModule.Core")
            .Where(file => Makers.IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName)!];
        Assert.Equal(["RsaFactory.cs"], makers);
    }
}
