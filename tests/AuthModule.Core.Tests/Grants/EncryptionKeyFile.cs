using System;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using AuthModule.Cryptography;
using AuthModule.TestKit.Files;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Grants;

/// <summary>A key pair that a server encrypts to: the private half in a file, the public half as a JWK.</summary>
internal sealed class EncryptionKeyFile : IDisposable
{
    private readonly TestFolder folder = new();

    /// <param name="algorithm">RSA-OAEP of any hash, or <c>ECDH-ES</c>.</param>
    /// <param name="curve">For the latter.</param>
    /// <param name="form"><c>jwk</c>, <c>set</c> or <c>pem</c>.</param>
    public EncryptionKeyFile(string algorithm, string curve = "P-256", string form = "jwk")
    {
        (string pub, string priv, string pem) = algorithm.StartsWith("RSA", StringComparison.Ordinal) ? OfRsa() : curve == "X25519" ? OfX25519() : OfCurve(curve);
        PublicJwk = pub;
        Path = System.IO.Path.Combine(folder.Path, "key." + form);
        File.WriteAllText(Path, form switch { "pem" => pem, "set" => $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},{{OfRsa().Private}},{{priv}}]}""", _ => priv });
    }

    public string Path { get; }

    public string PublicJwk { get; }

    public void Dispose() => folder.Dispose();

    private static (string Public, string Private, string Pem) OfRsa()
    {
        using var rsa = RSA.Create(2048);
        RSAParameters n = rsa.ExportParameters(true);
        string Part(byte[]? bytes) => Base64Url.Encode(bytes!);
        string pub = $$""" "kty":"RSA","kid":"{{Guid.NewGuid()}}","n":"{{Part(n.Modulus)}}","e":"{{Part(n.Exponent)}}" """;
        return ("{" + pub + "}", $$"""{{{pub}},"d":"{{Part(n.D)}}","p":"{{Part(n.P)}}","q":"{{Part(n.Q)}}","dp":"{{Part(n.DP)}}","dq":"{{Part(n.DQ)}}","qi":"{{Part(n.InverseQ)}}"}""", rsa.ExportPkcs8PrivateKeyPem());
    }

    private static (string Public, string Private, string Pem) OfCurve(string curve)
    {
        using var key = ECDiffieHellman.Create(curve switch { "P-256" => ECCurve.NamedCurves.nistP256, "P-384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 });
        ECParameters n = key.ExportParameters(true);
        string pub = $$""" "kty":"EC","crv":"{{curve}}","x":"{{Base64Url.Encode(n.Q.X!)}}","y":"{{Base64Url.Encode(n.Q.Y!)}}" """;
        return ("{" + pub + "}", $$"""{{{pub}},"d":"{{Base64Url.Encode(n.D!)}}"}""", key.ExportPkcs8PrivateKeyPem());
    }

    private static (string Public, string Private, string Pem) OfX25519()
    {
        byte[] secret = X25519.NewPrivateKey();
        string pub = $$""" "kty":"OKP","crv":"X25519","x":"{{Base64Url.Encode(X25519.PublicKeyOf(secret))}}" """;
        byte[] der = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20, .. secret];
        return ("{" + pub + "}", $$"""{{{pub}},"d":"{{Base64Url.Encode(secret)}}"}""", PemEncoding.WriteString("PRIVATE KEY", der));
    }
}
