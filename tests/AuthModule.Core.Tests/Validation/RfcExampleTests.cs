using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Text;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>The examples of RFC 7515, 7519, 7520 and 8037, as they are printed there.</summary>
[Trait("Feature", "R16")]
public class RfcExampleTests
{
    private static readonly Dictionary<string, RfcExample> Signed = RfcExample.Read("signatures");
    private static readonly Dictionary<string, RfcExample> Encrypted = RfcExample.Read("encryptions");
    private static readonly Dictionary<string, RfcExample> Tokens = RfcExample.Read("tokens");

    public static IEnumerable<TheoryDataRow<string>> Signatures() => Signed.Keys.Select(name => new TheoryDataRow<string>(name));

    public static IEnumerable<TheoryDataRow<string>> Encryptions() => Encrypted.Keys.Select(name => new TheoryDataRow<string>(name));

    public static IEnumerable<TheoryDataRow<string>> AllTokens() => Tokens.Keys.Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_signature_verifies_and_stops_to_with_one_bit_changed(string name)
    {
        RfcExample example = Signed[name];
        SigningAlgorithm algorithm = SigningAlgorithm.Find(example.Text("algorithm"))!;
        VerificationKey key = Key(example.Key!);
        byte[] data = Encoding.ASCII.GetBytes(example.Text("signingInput"));
        byte[] signature = example.Bytes("signature");

        Assert.Null(KeyFit.Fault(key, algorithm));
        Assert.True(key.Verifies(algorithm, data, data.Length, signature));
        data[5] ^= 1;
        Assert.False(key.Verifies(algorithm, data, data.Length, signature));
        data[5] ^= 1;
        signature[5] ^= 1;
        Assert.False(key.Verifies(algorithm, data, data.Length, signature));
    }

    [Theory]
    [MemberData(nameof(Encryptions))]
    public void An_encrypted_text_is_decrypted(string name)
    {
        RfcExample example = Encrypted[name];
        CompactToken token = CompactToken.TryRead(example.Text("token"), out _)!;
        Decryption decryption = JweReader.Decrypt(token, DecryptionKey.TryRead(example.Key!, allowsRsa15: true)!);
        Assert.Null(decryption.Fault);
        Assert.Equal(example.Text("plaintext"), Encoding.UTF8.GetString(decryption.Plaintext!));

        // The old RSA padding only where the user insists on it.
        bool isOld = Equals(token.Header["alg"], "RSA1_5");
        Decryption cautious = JweReader.Decrypt(token, DecryptionKey.TryRead(example.Key!)!);
        Assert.Equal(isOld ? AuthErrorId.AlgorithmNotAllowed : null, cautious.FaultId);

        token.Parts[3][0] ^= 1;
        Assert.Equal(AuthErrorId.SignatureInvalid, JweReader.Decrypt(token, DecryptionKey.TryRead(example.Key!, allowsRsa15: true)!).FaultId);
    }

    [Theory]
    [MemberData(nameof(AllTokens))]
    public async Task A_token_passes_or_is_refused_as_it_must_be(string name)
    {
        RfcExample example = Tokens[name];
        var rules = new ValidationRules
        {
            Clock = new ExampleClock(),
            Use = TokenUse.Any,
            Issuers = example.Issuer is { } issuer ? [issuer] : [],
            Keys = new FixedKeySource(new KeySet(example.Key is { } jwk && JwkReader.TryRead(jwk) is { } key ? [key] : [], "the RFC", null, [])),
            HmacSecret = example.Key is { } shared && Equals(shared["kty"], "oct") ? new SecretKeySource(Bytes(shared, "k")) : null,
            Decryption = example.DecryptionKey is { } secret ? (DecryptionKeys)DecryptionKey.TryRead(secret, allowsRsa15: true)! : null,
        };
        TokenTestResult result = await new TokenValidator().ValidateAsync(example.Text("token"), rules, TestContext.Current.CancellationToken);

        Assert.Equal(example.RefusedAs, result.Failure);
        Assert.Equal(example.RefusedAs is null, result.IsValid);
    }

    private static VerificationKey Key(Dictionary<string, object?> jwk) =>
        Equals(jwk["kty"], "oct") ? new SecretKeySource(Bytes(jwk, "k")).Key : JwkReader.TryRead(jwk)!;

    private static byte[] Bytes(Dictionary<string, object?> jwk, string name) =>
        Base64Url.TryDecode((string)jwk[name]!, out byte[] bytes) ? bytes : throw new FormatException(name);

    /// <summary>The examples expire at 1300819380, in March 2011.</summary>
    private sealed class ExampleClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1300819300);
    }
}
