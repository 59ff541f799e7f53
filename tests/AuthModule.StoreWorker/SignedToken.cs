using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Signing;
using AuthModule.Text;
using AuthModule.Validation;

/// <summary>A token as a service would send it, made with nothing but the framework, and validated by the engine.</summary>
internal static class SignedToken
{
    private const string Issuer = "https://id.example";

    public static async Task ValidateAsync()
    {
        using RSA rsa = RSA.Create(2048);
        RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: false);
        byte[] jwk = JsonText.WriteBytes(new Dictionary<string, object?> { ["kty"] = "RSA", ["kid"] = "k", ["n"] = Base64Url.Encode(numbers.Modulus!), ["e"] = Base64Url.Encode(numbers.Exponent!) });
        string token = JwtWriter.Write(
            new Dictionary<string, object?> { ["alg"] = "RS256", ["kid"] = "k", ["typ"] = "at+jwt" },
            new Dictionary<string, object?> { ["iss"] = Issuer, ["aud"] = "orders", ["sub"] = "alice", ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds() },
            data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var rules = new ValidationRules { Keys = new FixedKeySource(JwkReader.TryReadSet(jwk, Issuer, Issuer)!), Audiences = ["orders"] };
        TokenTestResult result = await new TokenValidator().ValidateAsync(token, rules, CancellationToken.None);
        if (!result.IsValid)
        {
            throw new InvalidOperationException(string.Join("; ", result.Checks));
        }
    }
}
