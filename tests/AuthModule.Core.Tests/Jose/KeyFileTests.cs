using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using AuthModule.Jose.Signing;
using AuthModule.TestKit.Files;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Jose;

public sealed class KeyFileTests : IDisposable
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("what is signed");

    private readonly RSA rsa = RSA.Create(2048);

    public void Dispose() => rsa.Dispose();

    [Theory]
    [Trait("Feature", "R3")]
    [InlineData("pkcs1")]
    [InlineData("pkcs8")]
    [InlineData("jwk")]
    [InlineData("jwks")]
    [InlineData("pfx")]
    public void An_RSA_key_signs_whatever_it_is_written_in(string format)
    {
        using TempFile file = format switch
        {
            "pkcs1" => new(rsa.ExportRSAPrivateKeyPem()),
            "pkcs8" => new(rsa.ExportPkcs8PrivateKeyPem()),
            "jwk" => new(RsaJwk()),
            "jwks" => new($$"""{"keys":[{{RsaJwk()}},{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"""),
            _ => new(Certificate(rsa).Export(X509ContentType.Pfx)),
        };

        ClientKey key = KeyFile.Read(file.Path);

        Assert.True(rsa.VerifyData(Data, key.Sign("RS256", Data), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.True(rsa.VerifyData(Data, key.Sign("PS256", Data), HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    [Theory]
    [Trait("Feature", "R3")]
    [InlineData("nistP256", "ES256", "pkcs8")]
    [InlineData("nistP384", "ES384", "pkcs8")]
    [InlineData("nistP521", "ES512", "pkcs8")]
    [InlineData("nistP256", "ES256", "sec1")]
    [InlineData("nistP521", "ES512", "sec1")]
    [InlineData("nistP256", "ES256", "without public part")]
    public void An_EC_key_signs_whatever_it_is_written_in(string curve, string algorithm, string format)
    {
        using ECDsa ec = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using TempFile file = new(format switch
        {
            "pkcs8" => ec.ExportPkcs8PrivateKeyPem(),
            "sec1" => ec.ExportECPrivateKeyPem(),
            _ => WithoutPublicPart(ec),
        });

        ClientKey key = KeyFile.Read(file.Path);

        Assert.Equal(algorithm, key.Choose(null, null));
        HashAlgorithmName hash = new("SHA" + algorithm[2..]);
        Assert.True(ec.VerifyData(Data, key.Sign(algorithm, Data), hash));
    }

    [Fact]
    [Trait("Feature", "R3")]
    public void A_certificate_beside_the_key_is_named_by_its_thumbprint()
    {
        using X509Certificate2 certificate = Certificate(rsa);
        using var file = new TempFile(certificate.ExportCertificatePem() + "\n" + rsa.ExportPkcs8PrivateKeyPem());

        ClientKey key = KeyFile.Read(file.Path);

        Assert.Equal(Base64Url.Encode(SHA256.HashData(certificate.RawData)), key.CertificateSha256);
    }

    [Fact]
    [Trait("Feature", "R3")]
    public void A_JWK_keeps_its_id_and_its_algorithm()
    {
        using var file = new TempFile(RsaJwk(""","kid":"k7","alg":"PS256" """));

        ClientKey key = KeyFile.Read(file.Path);

        Assert.Equal("k7", key.Id);
        Assert.Equal("PS256", key.Choose(null, ["RS256", "PS256"]));
    }

    [Fact]
    [Trait("Feature", "R3")]
    public void The_algorithm_is_the_callers_or_one_that_the_server_takes()
    {
        using var file = new TempFile(rsa.ExportPkcs8PrivateKeyPem());
        ClientKey key = KeyFile.Read(file.Path);

        Assert.Equal("RS256", key.Choose(null, null));
        Assert.Equal("PS256", key.Choose(null, ["ES256", "PS256"]));
        Assert.Equal("PS512", key.Choose("PS512", ["RS256"]));
        Assert.Equal(AuthErrorId.InvalidKey, Assert.Throws<ConfigurationException>(() => key.Choose("ES256", null)).Code);
        Assert.Equal(AuthErrorId.InvalidKey, Assert.Throws<ConfigurationException>(() => key.Choose(null, ["ES256"])).Code);
    }

    [Theory]
    [Trait("Feature", "R3")]
    [InlineData("", "neither PEM nor JWK")]
    [InlineData("hello", "neither PEM nor JWK")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", "public key")]
    [InlineData("{\"kty\":\"oct\",\"d\":\"x\"}", "neither RSA nor EC")]
    [InlineData("{\"keys\":[]}", "0 private keys")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA", "does not end")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIBAAA=\n-----END PRIVATE KEY-----", "cut short")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", "no password was given")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----", "openssl pkcs8")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", "ssh-keygen")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "no private key")]
    public void What_is_no_key_is_InvalidKey_and_says_why(string text, string why)
    {
        using var file = new TempFile(text);

        ConfigurationException error = Assert.Throws<ConfigurationException>(() => KeyFile.Read(file.Path));

        Assert.Equal(AuthErrorId.InvalidKey, error.Code);
        Assert.Contains(why, error.Message);
        Assert.Contains(file.Path, error.Message);
    }

    [Fact]
    [Trait("Feature", "R3")]
    public void A_key_file_cut_at_any_byte_is_InvalidKey_and_nothing_worse()
    {
        byte[] whole = rsa.ExportPkcs8PrivateKey();
        for (int length = 0; length < whole.Length; length += 7)
        {
            string body = Convert.ToBase64String(whole, 0, length);
            using var file = new TempFile($"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----");
            Assert.Equal(AuthErrorId.InvalidKey, Assert.Throws<ConfigurationException>(() => KeyFile.Read(file.Path)).Code);
        }
    }

    [Fact]
    [Trait("Feature", "R3")]
    public void A_missing_file_is_InvalidKey() =>
        Assert.Equal(AuthErrorId.InvalidKey, Assert.Throws<ConfigurationException>(() => KeyFile.Read("/nowhere/key.pem")).Code);

    [Fact]
    [Trait("Feature", "R3")]
    public void A_certificate_without_its_private_key_is_InvalidCertificate()
    {
        using X509Certificate2 whole = Certificate(rsa);
        using X509Certificate2 half = X509CertificateLoader.LoadCertificate(whole.RawData);
        Assert.Equal(AuthErrorId.InvalidCertificate, Assert.Throws<ConfigurationException>(() => ClientKey.Of(half)).Code);
    }

    private static X509Certificate2 Certificate(RSA key) =>
        new CertificateRequest("CN=nightly", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    private static string WithoutPublicPart(ECDsa ec)
    {
        ECParameters parameters = ec.ExportParameters(includePrivateParameters: true);
        byte[] sec1 = [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20, .. parameters.D!, 0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
        return PemEncoding.WriteString("EC PRIVATE KEY", sec1);
    }

    private string RsaJwk(string more = "")
    {
        RSAParameters p = rsa.ExportParameters(includePrivateParameters: true);
        string Part(string name, byte[]? value) => $"{JsonSerializer.Serialize(name)}:\"{Base64Url.Encode(value!)}\"";
        return $$"""{"kty":"RSA",{{Part("n", p.Modulus)}},{{Part("e", p.Exponent)}},{{Part("d", p.D)}},{{Part("p", p.P)}},{{Part("q", p.Q)}},{{Part("dp", p.DP)}},{{Part("dq", p.DQ)}},{{Part("qi", p.InverseQ)}}{{more}}}""";
    }
}
