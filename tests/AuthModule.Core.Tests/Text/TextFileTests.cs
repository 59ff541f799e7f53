using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Profiles;
using AuthModule.Http;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Signing;
using AuthModule.Providers;
using AuthModule.Telemetry;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Text;

/// <summary>Windows PowerShell's redirection writes UTF-16 with a byte order mark.</summary>
public sealed class TextFileTests : IDisposable
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("what is signed");

    private readonly TestFolder folder = new();

    public static TheoryData<string> Encodings => ["utf-16", "utf-16BE", "utf-8"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [Trait("Feature", "C14")]
    [MemberData(nameof(Encodings))]
    public async Task A_profile_file_is_read_whatever_its_mark_says(string encoding)
    {
        await using ProfileHost profiles = await ProfileHost.StartAsync();
        profiles.Write("\"clientId\": \"nightly\", \"clientSecret\": { \"env\": \"SECRET\" }");
        profiles.Host.Variables["SECRET"] = "s";
        await File.WriteAllTextAsync(profiles.ProfileFile, await File.ReadAllTextAsync(profiles.ProfileFile, TestContext.Current.CancellationToken), Encoding.GetEncoding(encoding), TestContext.Current.CancellationToken);

        Assert.Equal("token-1", (await profiles.GetAsync()).ToPlainText());
    }

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(Encodings))]
    public void A_description_is_read_whatever_its_mark_says(string encoding)
    {
        string path = Write(encoding, File.ReadAllText(RepositoryFiles.PathOf("examples/providers/directus.json")));
        Assert.Equal("directus", new ProviderCatalog().Register(path).Name);
    }

    [Theory]
    [Trait("Feature", "R3")]
    [MemberData(nameof(Encodings))]
    public void A_client_key_is_read_whatever_its_mark_says(string encoding)
    {
        using var rsa = RSA.Create(2048);
        ClientKey key = KeyFile.Read(Write(encoding, rsa.ExportPkcs8PrivateKeyPem()));
        Assert.True(rsa.VerifyData(Data, key.Sign("RS256", Data), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Theory]
    [Trait("Feature", "C6")]
    [MemberData(nameof(Encodings))]
    public async Task Keys_of_an_issuer_and_for_encrypted_tokens_are_read_whatever_their_mark_says(string encoding)
    {
        using var rsa = RSA.Create(2048);
        RSAParameters values = rsa.ExportParameters(includePrivateParameters: false);
        string jwk = JsonSerializer.Serialize(new { kty = "RSA", kid = "k", n = Text(values.Modulus!), e = Text(values.Exponent!) });
        KeySet keys = await new FileKeySource(Write(encoding, $$"""{"keys":[{{jwk}}]}"""), null, TimeProvider.System).GetAsync(NoLog.Instance, TestContext.Current.CancellationToken);
        Assert.Single(keys.Keys);

        Assert.NotNull(DecryptionKeyFile.Read(Write(encoding, """{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")));
    }

    [Theory]
    [Trait("Feature", "P9")]
    [MemberData(nameof(Encodings))]
    public void An_authority_is_read_whatever_its_mark_says(string encoding) =>
        Assert.Single(CertificateFile.ReadAuthorities(Write(encoding, File.ReadAllText(AuthModule.TestKit.Certificates.FaultyCertificates.AuthorityFile))));

    private static string Text(byte[] value) => Convert.ToBase64String(value).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private string Write(string encoding, string text)
    {
        string path = folder.File(Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text, Encoding.GetEncoding(encoding));
        return path;
    }
}
