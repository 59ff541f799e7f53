using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Embedded;
using AuthModule.Jose.Signing;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Jose;

/// <summary>Keys that are kept under a password.</summary>
public sealed class EncryptedKeyTests
{
    private const string Password = "canary: pass wörd";

    private static readonly byte[] Data = Encoding.ASCII.GetBytes("what is signed");
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2000);

    [Theory]
    [Trait("Feature", "R3")]
    [InlineData("RSA", "pem")]
    [InlineData("EC", "pem")]
    [InlineData("RSA", "pfx")]
    [InlineData("EC", "pfx")]
    public void A_key_signs_when_the_password_is_right(string kind, string format)
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using TempFile file = Write(kind == "RSA" ? rsa : ec, format);

        ClientKey key = KeyFile.Read(file.Path, Secret.From(Password));

        Assert.True(kind == "RSA"
            ? rsa.VerifyData(Data, key.Sign("RS256", Data), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ec.VerifyData(Data, key.Sign("ES256", Data), HashAlgorithmName.SHA256));
    }

    [Theory]
    [Trait("Feature", "R3")]
    [Trait("Feature", "N10")]
    [InlineData("pem", null, "no password was given")]
    [InlineData("pem", "canary-wrong", "another password")]
    [InlineData("pfx", null, "needs a password")]
    [InlineData("pfx", "canary-wrong", "another password")]
    public void A_missing_or_wrong_password_is_InvalidKey_and_says_where_it_goes(string format, string? password, string why)
    {
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using TempFile file = Write(ec, format);

        ConfigurationException error = Assert.Throws<ConfigurationException>(() => KeyFile.Read(file.Path, Secret.FromOptional(password)));

        Assert.Equal(AuthErrorId.InvalidKey, error.Code);
        Assert.Contains(why, error.Message);
        Assert.Contains("-ClientKeyPassword", error.RecommendedAction);
        Assert.DoesNotContain("canary", error.ToString() + error.ToJson());
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task A_client_with_such_a_key_gets_a_token_and_nothing_shows_the_password()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        using ECDsa ec = ECDsa.Create();
        ec.ImportFromPem(EmbeddedFlow.KeyPem);
        using TempFile file = Write(ec, "pem");

        await flow.Host.GetAsync(flow.As("robot", "orders.read") with { Client = new ClientCredential { KeyFile = file.Path, KeyPassword = Secret.From(Password) } });

        Assert.DoesNotContain("canary", string.Join('\n', flow.Host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R3")]
    public void A_password_does_no_harm_to_a_key_that_has_none()
    {
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var file = new TempFile(ec.ExportPkcs8PrivateKeyPem());
        Assert.Equal("ES256", KeyFile.Read(file.Path, Secret.From(Password)).Choose(null, null));
    }

    private static TempFile Write(AsymmetricAlgorithm key, string format)
    {
        if (format == "pem")
        {
            return new TempFile(key.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption));
        }

        CertificateRequest request = key is RSA rsa
            ? new("CN=robot", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new("CN=robot", (ECDsa)key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new TempFile(certificate.Export(X509ContentType.Pkcs12, Password));
    }
}
