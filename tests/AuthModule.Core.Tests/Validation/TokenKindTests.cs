using System;
using System.Collections.Generic;
using System.Numerics;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Signing;
using AuthModule.Jose.Tokens;
using AuthModule.Telemetry;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Text;
using AuthModule.Validation;
using AuthModule.Validation.Introspection;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Kinds of tokens, and of keys, that pass where they are what was asked for.</summary>
[Trait("Feature", "C9")]
public sealed class TokenKindTests
{
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [Trait("Feature", "R32")]
    [InlineData("logout+jwt", "sid")]
    [InlineData("logout+jwt", "sub")]
    [InlineData("JWT", "sid")]
    public async Task A_logout_token_passes_as_one(string type, string names)
    {
        string token = TestIssuer.Shared.Token(clock, (header, claims) =>
        {
            KindAttacks.ToLogoutToken(header, claims);
            header["typ"] = type;
            claims.Remove(names == "sid" ? "sub" : "sid");
        });
        TokenTestResult result = await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock) with { Use = TokenUse.Logout, Audiences = [], ClientIds = [TestIssuer.Client] });
        Assert.True(result.IsValid, string.Join("; ", result.Checks));
    }

    [Theory]
    [InlineData("auth_time")]
    [InlineData("sid")]
    [InlineData("nonce")]
    public async Task An_access_token_that_tells_of_the_sign_in_too_is_one(string claim)
    {
        string token = TestIssuer.Shared.Token(clock, (header, claims) => (header["typ"], claims[claim]) = ("JWT", "x"));
        TokenTestResult result = await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock));
        Assert.True(result.IsValid, string.Join("; ", result.Checks));
    }

    [Theory]
    [Trait("Feature", "R33")]
    [InlineData("shown", true)]
    [InlineData("another", false)]
    [InlineData(null, false)]
    public async Task A_token_that_is_bound_to_a_certificate_passes_with_it_only(string? shown, bool isValid)
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = "shown" });
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { CallerCertificate = shown };
        Assert.Equal(isValid, (await TestIssuer.TestAsync(token, rules)).IsValid);
        Assert.Equal(isValid ? 200 : 401, (await TestIssuer.TestAsync(token, rules with { IsBearer = true })).StatusCode);
    }

    [Theory]
    [Trait("Feature", "R11")]
    [InlineData("""{"token_use":"refresh_token","token_type":"Bearer"}""", nameof(TokenUse.Access), false)]
    [InlineData("""{"token_type":"Bearer","scope":"a"}""", nameof(TokenUse.Id), false)]
    [InlineData("""{"token_type":"Bearer","at_hash":"x"}""", nameof(TokenUse.Access), false)]
    [InlineData("""{"nonce":"n"}""", nameof(TokenUse.Access), false)]
    [InlineData("""{"events":{}}""", nameof(TokenUse.Access), false)]
    [InlineData("""{"sub":"a"}""", nameof(TokenUse.Id), false)]
    [InlineData("""{"sub":"a"}""", nameof(TokenUse.Logout), false)]
    [InlineData("""{"token_type":"Bearer","nonce":"n","client_id":"c"}""", nameof(TokenUse.Access), true)]
    [InlineData("""{"token_use":"access_token","token_type":"DPoP"}""", nameof(TokenUse.Access), true)]
    [InlineData("""{"sub":"a"}""", nameof(TokenUse.Access), true)]
    public async Task What_a_server_says_of_a_token_is_held_to_its_kind(string said, string use, bool isValid)
    {
        TokenUse wanted = Enum.Parse<TokenUse>(use);
        var introspector = new Introspector(
            (_, _) => Task.FromResult(System.Text.Json.JsonElement.Parse("{\"active\":true," + said[1..])), "https://id.example.com");
        TokenTestResult result = await introspector.TestAsync(
            "opaque", new ValidationRules { Clock = clock, Use = wanted, ClientIds = wanted == TokenUse.Access ? [] : ["c"] }, NoLog.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(isValid, result.IsValid);
        Assert.Equal(isValid ? null : AuthErrorId.TokenUseMismatch, result.Failure);
    }

    [Fact]
    [Trait("Feature", "C7")]
    public async Task A_key_whose_private_half_can_be_computed_is_no_key()
    {
        // As the generator of CVE-2017-15361 made them: two primes, each a power of 65537 modulo the product of the first primes.
        RSAParameters weak = WeakKey();
        using RSA rsa = RSA.Create(weak);
        var jwk = new Dictionary<string, object?>
        {
            ["kty"] = "RSA", ["kid"] = "w1", ["n"] = Base64Url.Encode(weak.Modulus!), ["e"] = Base64Url.Encode(weak.Exponent!),
        };
        string signed = Forge.Part(Forge.Json(TestIssuer.Header("RS256", "w1"))) + "." + Forge.Part(Forge.Json(TestIssuer.Claims(clock)));
        string token = signed + "." + Forge.Part(rsa.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        TokenTestResult result = await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock) with { Keys = TestIssuer.Source(SigningKey.Set(jwk)) });

        Assert.Equal(AuthErrorId.KeyNotFound, result.Failure);
        Assert.Contains(result.Checks, check => check.Reason.Contains("CVE-2017-15361", StringComparison.Ordinal));

        // Nor does a client prove itself with it.
        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => new ClientKey(new RsaSecurityKey(rsa)).Choose(null, null));
        Assert.Equal(AuthErrorId.InvalidKey, refused.Code);
        for (int i = 0; i < 20; i++)
        {
            using RSA good = RSA.Create(2048);
            Assert.False(RocaFingerprint.Matches(good.ExportParameters(false).Modulus!));
        }
    }

    private static RSAParameters WeakKey()
    {
        BigInteger product = 1;
        for (int candidate = 2, count = 0; count < 126; candidate++)
        {
            if (IsPrime(candidate))
            {
                product *= candidate;
                count++;
            }
        }

        BigInteger p = WeakPrime(product, 1000), q = WeakPrime(product, 5000);
        BigInteger e = 65537, d = Inverse(e, (p - 1) * (q - 1));
        return new RSAParameters
        {
            Modulus = Bytes(p * q, 256),
            Exponent = [1, 0, 1],
            D = Bytes(d, 256),
            P = Bytes(p, 128),
            Q = Bytes(q, 128),
            DP = Bytes(d % (p - 1), 128),
            DQ = Bytes(d % (q - 1), 128),
            InverseQ = Bytes(Inverse(q, p), 128),
        };
    }

    private static BigInteger WeakPrime(BigInteger product, int exponent)
    {
        BigInteger rest = BigInteger.ModPow(65537, exponent, product);
        BigInteger factor = ((BigInteger.One << 1023) + (BigInteger.One << 1022)) / product;
        while (true)
        {
            BigInteger candidate = (++factor * product) + rest;
            if (BigInteger.ModPow(2, candidate - 1, candidate).IsOne && BigInteger.ModPow(3, candidate - 1, candidate).IsOne)
            {
                return candidate;
            }
        }
    }

    private static bool IsPrime(int number)
    {
        for (int i = 2; i * i <= number; i++)
        {
            if (number % i == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        (BigInteger a, BigInteger b, BigInteger x, BigInteger y) = (value % modulus, modulus, 1, 0);
        while (b > 0)
        {
            BigInteger quotient = a / b;
            (a, b, x, y) = (b, a % b, y, x - (quotient * y));
        }

        return (x % modulus + modulus) % modulus;
    }

    private static byte[] Bytes(BigInteger number, int length)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] padded = new byte[length];
        bytes.CopyTo(padded, length - bytes.Length);
        return padded;
    }
}
