using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "R16")]
public class EncryptedTokenTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task A_signed_token_inside_an_encrypted_one_is_valid_with_the_key()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { Decryption = DecryptionKey.From(JweForge.Recipient) };
        TokenTestResult result = await TestIssuer.TestAsync(JweForge.Token(TestIssuer.Shared.Token(clock)), rules);

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal("alice", result.Subject);
        Assert.Contains(result.Checks, check => check is { Name: "Encryption", Passed: true, Reason: "RSA-OAEP-256 with A256GCM" });
    }

    [Fact]
    public async Task A_compressed_one_is_read_as_long_as_it_is_no_bomb()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { Decryption = DecryptionKey.From(JweForge.Recipient) };
        string token = JweForge.Token(JweForge.Deflate(Encoding.ASCII.GetBytes(TestIssuer.Shared.Token(clock))), header => header["zip"] = "DEF");
        Assert.True((await TestIssuer.TestAsync(token, rules)).IsValid);
    }

    [Fact]
    public async Task A_shared_key_decrypts_directly()
    {
        byte[] shared = RandomNumberGenerator.GetBytes(32);
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { Decryption = DecryptionKey.From(shared) };
        Assert.True((await TestIssuer.TestAsync(JweForge.Direct(TestIssuer.Shared.Token(clock), shared), rules)).IsValid);
    }

    [Fact]
    public void Decoding_shows_the_header_of_an_encrypted_token_and_no_claims()
    {
        DecodedToken decoded = JwtDecoder.Decode(JweForge.Token(TestIssuer.Shared.Token(clock)));
        Assert.True(decoded.IsEncrypted);
        Assert.Equal("A256GCM", decoded.Header["enc"]);
        Assert.Empty(decoded.Claims);
        Assert.False(decoded.Verified);
    }
}
