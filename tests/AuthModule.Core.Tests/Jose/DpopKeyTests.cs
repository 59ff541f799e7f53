using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthModule.Jose.Dpop;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Jose;

public sealed class DpopKeyTests
{
    // The key of RFC 9449, section 4.1; its private half is not in the RFC and does not matter here.
    private const string Example = """
        {"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256","d":"AA"}
        """;

    [Fact]
    [Trait("Feature", "R13")]
    public void The_thumbprint_is_that_of_RFC_9449_section_6_1() =>
        Assert.Equal("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", DpopKey.From(Secret.From(Example)).Thumbprint);

    [Fact]
    [Trait("Feature", "R13")]
    public void A_proof_names_request_token_nonce_and_key_and_is_signed_by_it()
    {
        DpopKey key = DpopKey.Create();
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1562262618);

        string proof = key.Prove("GET", new Uri("https://resource.example.org/protectedresource?page=2#top"), "n1", "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU", now);

        string[] parts = proof.Split('.');
        JsonElement header = Part(parts[0]);
        JsonElement claims = Part(parts[1]);
        Assert.Equal(("dpop+jwt", "ES256"), (header.GetProperty("typ").GetString(), header.GetProperty("alg").GetString()));
        Assert.False(header.GetProperty("jwk").TryGetProperty("d", out _));
        Assert.Equal(("GET", "https://resource.example.org/protectedresource", 1562262618), (claims.GetProperty("htm").GetString(), claims.GetProperty("htu").GetString(), claims.GetProperty("iat").GetInt64()));
        Assert.Equal("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", claims.GetProperty("ath").GetString());
        Assert.Equal("n1", claims.GetProperty("nonce").GetString());
        using ECDsa verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(header.GetProperty("jwk").GetProperty("x").GetString()!), Y = Bytes(header.GetProperty("jwk").GetProperty("y").GetString()!) },
        });
        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Bytes(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    [Trait("Feature", "R13")]
    public void No_two_proofs_are_the_same_and_a_kept_key_is_the_same_key()
    {
        DpopKey key = DpopKey.Create();
        var url = new Uri("https://id.example.com/token");
        DateTimeOffset now = DateTimeOffset.UnixEpoch;

        Assert.NotEqual(Part(key.Prove("POST", url, null, null, now).Split('.')[1]).GetProperty("jti").GetString(), Part(key.Prove("POST", url, null, null, now).Split('.')[1]).GetProperty("jti").GetString());
        Assert.Equal(key.Thumbprint, DpopKey.From(Secret.From(key.Jwk.Reveal())).Thumbprint);
        Assert.NotEqual(key.Thumbprint, DpopKey.Create().Thumbprint);
    }

    private static JsonElement Part(string text) => JsonDocument.Parse(Bytes(text)).RootElement;

    private static byte[] Bytes(string text)
    {
        Assert.True(Base64Url.TryDecode(text, out byte[] bytes));
        return bytes;
    }
}
