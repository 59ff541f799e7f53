using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Cryptography;
using AuthModule.Errors;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Issuing;

/// <summary>One signing key, made here and bound to one algorithm (RFC 8725, section 3.1). Its id is its thumbprint (RFC 7638).</summary>
internal sealed class IssuerKey : IDisposable
{
    private readonly AsymmetricAlgorithm key;

    private IssuerKey(string algorithm, AsymmetricAlgorithm key, SecurityKey security, SortedDictionary<string, object?> members)
    {
        this.key = key;
        Algorithm = algorithm;
        Id = Base64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(AuthModule.Text.JsonText.WriteObject(members))));
        security.KeyId = Id;
        Credentials = new SigningCredentials(security, algorithm);
        PublicJwk = new Dictionary<string, object?>(members) { ["kid"] = Id, ["alg"] = algorithm, ["use"] = "sig" };
    }

    public string Id { get; }

    public string Algorithm { get; }

    public SigningCredentials Credentials { get; }

    /// <summary>Holds no private member.</summary>
    public IReadOnlyDictionary<string, object?> PublicJwk { get; }

    public static IssuerKey Create(string algorithm) => algorithm switch
    {
        "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" => FromRsa(algorithm),
        "ES256" => FromCurve(algorithm, ECCurve.NamedCurves.nistP256, "P-256"),
        "ES384" => FromCurve(algorithm, ECCurve.NamedCurves.nistP384, "P-384"),
        "ES512" => FromCurve(algorithm, ECCurve.NamedCurves.nistP521, "P-521"),
        _ => throw AuthError.Create(AuthErrorId.AlgorithmNotAllowed, $"The local issuer does not sign with '{algorithm}'."),
    };

    public void Dispose() => key.Dispose();

    private static IssuerKey FromRsa(string algorithm)
    {
        RSA rsa = RsaFactory.Generate();
        RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: false);
        return new IssuerKey(algorithm, rsa, new RsaSecurityKey(rsa), Members(
            ("kty", "RSA"),
            ("n", Base64Url.Encode(numbers.Modulus!)),
            ("e", Base64Url.Encode(numbers.Exponent!))));
    }

    private static IssuerKey FromCurve(string algorithm, ECCurve curve, string name)
    {
        var ecdsa = ECDsa.Create(curve);
        ECParameters numbers = ecdsa.ExportParameters(includePrivateParameters: false);
        return new IssuerKey(algorithm, ecdsa, new ECDsaSecurityKey(ecdsa), Members(
            ("kty", "EC"),
            ("crv", name),
            ("x", Base64Url.Encode(numbers.Q.X!)),
            ("y", Base64Url.Encode(numbers.Q.Y!))));
    }

    // The thumbprint is taken over exactly these members, in the order of their names.
    private static SortedDictionary<string, object?> Members(params (string Name, string Value)[] members)
    {
        var sorted = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, string value) in members)
        {
            sorted.Add(name, value);
        }

        return sorted;
    }
}
