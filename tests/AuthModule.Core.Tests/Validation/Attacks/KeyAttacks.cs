using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.TestKit.Jwts;

namespace AuthModule.Core.Tests.Validation;

/// <summary>The token brings its key along, points to one, or borrows one that is for something else.</summary>
internal static class KeyAttacks
{
    public static void Add(AttackList list)
    {
        Foreign(list, "jwk in the header, known kid", AuthErrorId.SignatureInvalid, header => header["jwk"] = AttackList.Issuer.Stranger.Jwk("r1"));
        Foreign(list, "jwk in the header, unknown kid", AuthErrorId.KeyNotFound, header => { header["jwk"] = AttackList.Issuer.Stranger.Jwk("x"); header["kid"] = "x"; });
        Foreign(list, "jwk in the header, no kid", AuthErrorId.SignatureInvalid, header => { header["jwk"] = AttackList.Issuer.Stranger.Jwk(null); header.Remove("kid"); });
        Foreign(list, "jku in the header", AuthErrorId.KeyNotFound, header => { header["jku"] = "https://evil.example/jwks"; header["kid"] = "evil"; });
        Foreign(list, "jku in the header, known kid", AuthErrorId.SignatureInvalid, header => header["jku"] = "https://evil.example/jwks");
        Foreign(list, "x5u in the header", AuthErrorId.KeyNotFound, header => { header["x5u"] = "https://evil.example/cert"; header["kid"] = "evil"; });
        Foreign(list, "x5c in the header", AuthErrorId.SignatureInvalid, header => { header["x5c"] = new[] { Certificate() }; header.Remove("kid"); });
        Foreign(list, "x5t of the attacker's certificate", AuthErrorId.KeyNotFound, header => { header["x5t"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAA"; header.Remove("kid"); });
        Foreign(list, "x5t#S256 of the attacker's certificate", AuthErrorId.KeyNotFound, header => { header["x5t#S256"] = "AAAA"; header.Remove("kid"); });
        Foreign(list, "iss in the header", AuthErrorId.SignatureInvalid, header => header["iss"] = "https://evil.example");

        foreach (string kid in (string[])["../../../../dev/null", "/etc/passwd", "x' OR '1'='1", "x' UNION SELECT 'key", "r1\0", "r1 ", "R1", "", "$(id)", "http://evil.example/key", "r1\r\nX: y", "%72%31"])
        {
            Foreign(list, $"kid '{Printable(kid)}'", AuthErrorId.KeyNotFound, header => header["kid"] = kid);
        }

        Foreign(list, "kid is a number", AuthErrorId.KeyNotFound, header => header["kid"] = 1);
        Foreign(list, "kid is null", AuthErrorId.KeyNotFound, header => header["kid"] = null);
        Foreign(list, "kid is a list", AuthErrorId.KeyNotFound, header => header["kid"] = new[] { "r1" });
        Foreign(list, "kid is 10,000 characters", AuthErrorId.KeyNotFound, header => header["kid"] = new string('k', 10_000));

        list.AddSigned("a key for encryption", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["kid"] = "r-enc");
        list.AddSigned("RS256 with an EC key", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["kid"] = "e1");
        list.AddSigned("ES256 with an RSA key", AuthErrorId.AlgorithmNotAllowed, (header, _) => header["alg"] = "ES256");
        list.AddSigned("ES256 with a P-384 key", AuthErrorId.AlgorithmNotAllowed, (header, _) => { header["alg"] = "ES256"; header["kid"] = "e2"; });
        list.AddSigned("ES384 with a P-256 key", AuthErrorId.AlgorithmNotAllowed, (header, _) => { header["alg"] = "ES384"; header["kid"] = "e1"; });
        list.AddSigned("ES512 with a P-256 key", AuthErrorId.AlgorithmNotAllowed, (header, _) => { header["alg"] = "ES512"; header["kid"] = "e1"; });
        WithSet(list, "RS256 with a key for PS256 only", AuthErrorId.AlgorithmNotAllowed, () => [AttackList.Issuer.Rsa.Jwk("r1", alg: "PS256")]);
        WithSet(list, "a key that may only sign", AuthErrorId.AlgorithmNotAllowed, () => [With(AttackList.Issuer.Rsa.Jwk("r1"), "key_ops", new[] { "sign" })]);
        WithSet(list, "a symmetric key among the public ones", AuthErrorId.KeyNotFound, () => [SigningKey.FromSecret(new byte[32]).Jwk("r1")]);
        WithSet(list, "two keys of one id", AuthErrorId.KeyNotFound, () => [AttackList.Issuer.Rsa.Jwk("r1"), AttackList.Issuer.Stranger.Jwk("r1")]);
        WithSet(list, "an RSA key with exponent 1", AuthErrorId.KeyNotFound, () => [With(AttackList.Issuer.Rsa.Jwk("r1"), "e", "AQ")]);
        WithSet(list, "an RSA key with an even exponent", AuthErrorId.KeyNotFound, () => [With(AttackList.Issuer.Rsa.Jwk("r1"), "e", "Ag")]);
        WithSet(list, "a key set without keys", AuthErrorId.KeyNotFound, () => []);
        list.Add("an RSA key of 1024 bits", AuthErrorId.AlgorithmNotAllowed, clock => Forge.Token(TestIssuer.Header(), TestIssuer.Claims(clock), Small.Value), rules => rules with { Keys = TestIssuer.Source(SigningKey.Set(Small.Value.Jwk("r1"))) });
        list.AddSigned("no kid, and two keys that fit", AuthErrorId.KeyNotFound, (header, _) => header.Remove("kid"), rules => rules with { Keys = TestIssuer.Source(SigningKey.Set(AttackList.Issuer.Rsa.Jwk("a"), AttackList.Issuer.Stranger.Jwk("b"))) });
        list.Add(
            "an EC key beside its curve",
            AuthErrorId.SignatureInvalid,
            clock => Forge.Token(TestIssuer.Header("ES256"), TestIssuer.Claims(clock), AttackList.Issuer.Ec256),
            rules => rules with { Keys = TestIssuer.Source(SigningKey.Set(With(AttackList.Issuer.Ec256.Jwk("e1"), "y", AttackList.Issuer.Ec256.PublicJwk["x"]!))) });
    }

    private static readonly Lazy<SigningKey> Small = new(() => SigningKey.NewRsa(1024));

    private static void Foreign(AttackList list, string name, string expected, Action<Dictionary<string, object?>> change) =>
        list.Add(name, expected, clock =>
        {
            Dictionary<string, object?> header = TestIssuer.Header();
            change(header);
            return Forge.Token(header, TestIssuer.Claims(clock), AttackList.Issuer.Stranger);
        });

    private static void WithSet(AttackList list, string name, string expected, Func<Dictionary<string, object?>[]> keys) =>
        list.AddSigned(name, expected, (_, _) => { }, rules => rules with { Keys = TestIssuer.Source(SigningKey.Set(keys())) });

    private static Dictionary<string, object?> With(Dictionary<string, object?> jwk, string name, object value)
    {
        jwk[name] = value;
        return jwk;
    }

    private static string Certificate()
    {
        var request = new CertificateRequest("CN=evil", AttackList.Issuer.Stranger.Rsa!, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }

    private static string Printable(string text) => text.Replace("\0", "\\0").Replace("\r\n", "\\r\\n");
}
