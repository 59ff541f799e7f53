using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Encryption;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Core.Tests.Grants;

/// <summary>ID tokens that are encrypted to the client, at a sign-in and at renewals.</summary>
[Trait("Feature", "R25")]
public sealed class EncryptedIdTokenTests
{
    [Theory]
    [InlineData("RSA-OAEP-256", "", "pem")]
    [InlineData("RSA-OAEP-384", "", "jwk")]
    [InlineData("RSA-OAEP-512", "", "set")]
    [InlineData("ECDH-ES", "P-256", "pem")]
    [InlineData("ECDH-ES", "P-384", "jwk")]
    [InlineData("ECDH-ES", "P-521", "set")]
    [InlineData("ECDH-ES", "X25519", "jwk")]
    [InlineData("ECDH-ES", "X25519", "pem")]
    public async Task A_sign_in_and_its_renewal_open_an_encrypted_ID_token(string algorithm, string curve, string form)
    {
        using var key = new EncryptionKeyFile(algorithm, curve, form);
        await using EmbeddedServer server = await PersonServer.StartAsync(client => client with { Encryption = new ClientEncryption(key.PublicJwk, algorithm) });
        using var walk = new SignInWalk();
        var host = new EngineHost(browser: new WalkingBrowser(walk));

        AuthToken token = await host.GetAsync(PersonServer.Request(server) with { DecryptionKey = new DecryptionKeyPlace(key.Path, null) });
        AuthToken renewed = await host.UpdateAsync();

        Assert.Equal(("alice", true), (token.Subject, token.Tokens.IsIdTokenVerified));
        Assert.Equal(("alice", true), (renewed.Subject, renewed.Tokens.IsIdTokenVerified));
        Assert.NotEqual(token.Tokens.IdToken!.Reveal(), renewed.Tokens.IdToken!.Reveal());

        // What is kept is the signed token, which renewals compare with and a sign-out sends.
        Assert.False(NestedToken.IsEncrypted(token.Tokens.IdToken.Reveal()));
    }

    [Fact]
    public async Task Without_a_key_and_with_another_one_the_sign_in_is_refused()
    {
        using var key = new EncryptionKeyFile("RSA-OAEP-256");
        using var other = new EncryptionKeyFile("RSA-OAEP-256");
        await using EmbeddedServer server = await PersonServer.StartAsync(client => client with { Encryption = new ClientEncryption(key.PublicJwk, "RSA-OAEP-256") });
        using var walk = new SignInWalk();
        TokenRequest request = PersonServer.Request(server);

        TokenValidationException none = await Assert.ThrowsAsync<TokenValidationException>(() => new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(request));
        TokenValidationException wrong = await Assert.ThrowsAsync<TokenValidationException>(
            () => new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(request with { DecryptionKey = new DecryptionKeyPlace(other.Path, null) }));

        Assert.Equal((AuthErrorId.KeyNotFound, AuthErrorId.SignatureInvalid), (none.Code, wrong.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_PFX_opens_it_with_its_password(bool isRsa)
    {
        using var folder = new TestFolder();
        string path = Path.Combine(folder.Path, "key.pfx");
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest wish = isRsa ? new("CN=reader", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new("CN=reader", ec, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = wish.CreateSelfSigned(System.DateTimeOffset.UtcNow.AddDays(-1), System.DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, "canary-pfx-password"), TestContext.Current.CancellationToken);
        RSAParameters n = rsa.ExportParameters(false);
        ECPoint q = ec.ExportParameters(false).Q;
        string jwk = isRsa
            ? $$"""{"kty":"RSA","n":"{{AuthModule.Text.Base64Url.Encode(n.Modulus!)}}","e":"{{AuthModule.Text.Base64Url.Encode(n.Exponent!)}}"}"""
            : $$"""{"kty":"EC","crv":"P-256","x":"{{AuthModule.Text.Base64Url.Encode(q.X!)}}","y":"{{AuthModule.Text.Base64Url.Encode(q.Y!)}}"}""";
        await using EmbeddedServer server = await PersonServer.StartAsync(client => client with { Encryption = new ClientEncryption(jwk, isRsa ? "RSA-OAEP" : "ECDH-ES") });
        using var walk = new SignInWalk();
        TokenRequest request = PersonServer.Request(server) with { DecryptionKey = new DecryptionKeyPlace(path, Secret.From("canary-pfx-password")) };

        AuthToken token = await new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(request);
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
            () => new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(request with { DecryptionKey = new DecryptionKeyPlace(path, Secret.From("canary-other")) }));

        Assert.Equal("alice", token.Subject);
        Assert.Equal(AuthErrorId.InvalidKey, error.Code);
        Assert.DoesNotContain("canary", error.ToString());
    }

    [Fact]
    public void RSA1_5_stays_closed()
    {
        using var key = new EncryptionKeyFile("RSA-OAEP-256");
        string token = AuthModule.TestKit.Jwts.JweForge.Token("{}", header => header["alg"] = "RSA1_5");

        Decryption opened = DecryptionKeyFile.Read(key.Path).Decrypt(AuthModule.Jose.Tokens.CompactToken.TryRead(token, out _)!);

        Assert.Equal(AuthErrorId.AlgorithmNotAllowed, opened.FaultId);
    }

    [Theory]
    [InlineData("Cert:\\CurrentUser\\My\\0000000000000000000000000000000000000000")]
    [InlineData("cert:/somewhere")]
    public void A_certificate_that_is_not_there_is_InvalidKey(string place) =>
        Assert.Equal(AuthErrorId.InvalidKey, Assert.Throws<ConfigurationException>(() => DecryptionKeyFile.Read(place)).Code);

    [Fact]
    public void A_certificate_of_a_store_opens_what_is_encrypted_to_it()
    {
        using var rsa = RSA.Create(2048);
        using X509Certificate2 made = new CertificateRequest("CN=authmodule decryption test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(System.DateTimeOffset.UtcNow.AddDays(-1), System.DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 kept = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.PersistKeySet);
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(kept);
        try
        {
            string token = AuthModule.TestKit.Jwts.JweForge.Token("inside", recipient: rsa);

            Decryption opened = DecryptionKeyFile.Read($"Cert:\\CurrentUser\\My\\{kept.Thumbprint}").Decrypt(AuthModule.Jose.Tokens.CompactToken.TryRead(token, out _)!);

            Assert.Equal("inside", System.Text.Encoding.UTF8.GetString(opened.Plaintext!));
        }
        finally
        {
            store.Remove(kept);
        }
    }
}
