using System.Linq;
using AuthModule.TestKit.Jwts;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Validation;

/// <summary>The signature is empty, of zeros, of something else, or in another form.</summary>
internal static class SignatureAttacks
{
    public static void Add(AttackList list)
    {
        list.AddBent("no signature", AuthErrorId.SignatureInvalid, token => WithSignature(token, []));
        list.AddBent("one byte as signature", AuthErrorId.SignatureInvalid, token => WithSignature(token, [0]));
        list.AddBent("RSA signature of zeros", AuthErrorId.SignatureInvalid, token => WithSignature(token, new byte[256]));
        list.AddBent("RSA signature of ones", AuthErrorId.SignatureInvalid, token => WithSignature(token, [.. Enumerable.Repeat((byte)0xFF, 256)]));
        list.AddBent("RSA signature cut short", AuthErrorId.SignatureInvalid, token => WithSignature(token, Signature(token)[..255]));
        list.AddBent("RSA signature with a zero in front", AuthErrorId.SignatureInvalid, token => WithSignature(token, [0, .. Signature(token)]));
        list.AddBent("RSA signature with a byte behind", AuthErrorId.SignatureInvalid, token => WithSignature(token, [.. Signature(token), 0]));
        list.AddBent("RSA signature with one bit changed", AuthErrorId.SignatureInvalid, token => WithSignature(token, FlipLast(Signature(token))));
        list.Add("ES256 signature of zeros", AuthErrorId.SignatureInvalid, clock => WithSignature(AttackList.Issuer.Token(clock, "ES256"), new byte[64]));
        list.Add("ES384 signature of zeros", AuthErrorId.SignatureInvalid, clock => WithSignature(AttackList.Issuer.Token(clock, "ES384"), new byte[96]));
        list.Add("ES512 signature of zeros", AuthErrorId.SignatureInvalid, clock => WithSignature(AttackList.Issuer.Token(clock, "ES512"), new byte[132]));
        list.Add("ES256 signature of r = 0", AuthErrorId.SignatureInvalid, clock => WithSignature(AttackList.Issuer.Token(clock, "ES256"), [.. new byte[32], .. Enumerable.Repeat((byte)1, 32)]));
        list.Add("ES256 signature in DER", AuthErrorId.SignatureInvalid, clock => WithSignature(AttackList.Issuer.Token(clock, "ES256"), Der(Signature(AttackList.Issuer.Token(clock, "ES256")))));
        list.Add("ES256 signature twice", AuthErrorId.SignatureInvalid, clock => Twice(AttackList.Issuer.Token(clock, "ES256")));
        list.Add("PS256 token signed as RS256", AuthErrorId.SignatureInvalid, clock => Forge.Token(Forge.Json(TestIssuer.Header("PS256")), Forge.Json(TestIssuer.Claims(clock)), AttackList.Issuer.Rsa, "RS256"));
        list.Add("RS256 token signed as PS256", AuthErrorId.SignatureInvalid, clock => Forge.Token(Forge.Json(TestIssuer.Header()), Forge.Json(TestIssuer.Claims(clock)), AttackList.Issuer.Rsa, "PS256"));
        list.Add("RS256 token signed as RS512", AuthErrorId.SignatureInvalid, clock => Forge.Token(Forge.Json(TestIssuer.Header()), Forge.Json(TestIssuer.Claims(clock)), AttackList.Issuer.Rsa, "RS512"));
        list.Add("signed by a stranger", AuthErrorId.SignatureInvalid, clock => Forge.Token(TestIssuer.Header(), TestIssuer.Claims(clock), AttackList.Issuer.Stranger));
        list.Add("payload of one token, signature of another", AuthErrorId.SignatureInvalid, clock => Swap(AttackList.Issuer.Token(clock), AttackList.Issuer.Token(clock, (_, claims) => claims["sub"] = "root"), 1));
        list.Add("header of one token, the rest of another", AuthErrorId.SignatureInvalid, clock => Swap(AttackList.Issuer.Token(clock), AttackList.Issuer.Token(clock, (header, _) => header["x"] = 1), 0));
    }

    private static byte[] Signature(string token) => Base64Url.TryDecode(token.Split('.')[2], out byte[] bytes) ? bytes : [];

    private static string WithSignature(string token, byte[] signature) => token[..(token.LastIndexOf('.') + 1)] + Forge.Part(signature);

    private static byte[] FlipLast(byte[] bytes)
    {
        bytes[^1] ^= 1;
        return bytes;
    }

    private static string Twice(string token) => WithSignature(token, [.. Signature(token), .. Signature(token)]);

    private static string Swap(string token, string other, int part)
    {
        string[] parts = token.Split('.');
        parts[part] = other.Split('.')[part];
        return string.Join('.', parts);
    }

    private static byte[] Der(byte[] signature) =>
        [0x30, 0x46, 0x02, 0x21, 0x00, .. signature[..32], 0x02, 0x21, 0x00, .. signature[32..]];
}
