using System;
using System.Linq;
using System.Text;
using AuthModule.TestKit.Jwts;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Validation;

/// <summary>The text of the token is not one that an issuer writes.</summary>
internal static class EncodingAttacks
{
    private const string Malformed = AuthErrorId.TokenMalformed;

    public static void Add(AttackList list)
    {
        list.AddBent("empty", Malformed, _ => string.Empty);
        list.AddBent("white space", Malformed, _ => "   ");
        list.AddBent("two dots and nothing else", Malformed, _ => "..");
        list.AddBent("an opaque token", Malformed, _ => RandomText.Base64Url(32));
        list.AddBent("only a header and a payload", Malformed, token => token[..token.LastIndexOf('.')]);
        list.AddBent("four parts", Malformed, token => token + ".e30");
        list.AddBent("six parts", Malformed, token => token + ".e30.e30.e30");
        list.AddBent("a dot in front", Malformed, token => "." + token);
        list.AddBent("with the scheme", Malformed, token => "Bearer " + token);
        list.AddBent("in quotes", Malformed, token => $"\"{token}\"");
        list.AddBent("a space behind", Malformed, token => token + " ");
        list.AddBent("a line break behind", Malformed, token => token + "\n");
        list.AddBent("a line break inside", Malformed, token => token.Insert(20, "\r\n"));
        list.AddBent("a NUL inside", Malformed, token => token.Insert(20, "\0"));
        list.AddBent("a zero-width space inside", Malformed, token => token.Insert(20, "\u200B"));
        list.AddBent("a full-width letter", Malformed, token => "\uFF45" + token[1..]);
        list.AddBent("a letter that ends in the same byte", Malformed, token => (char)(token[0] + 0x100) + token[1..]);
        list.AddBent("padding behind the signature", Malformed, token => token + "==");
        list.AddBent("padding behind the header", Malformed, token => token.Insert(token.IndexOf('.'), "="));
        list.AddBent("plain base64 letters", Malformed, token => token.Replace(token[5], '+'));
        list.AddBent("one letter cut off", Malformed, CutToOne);
        list.AddBent("left-over bits in the last letter", AuthErrorId.SignatureInvalid, LeftOverBits);
        list.AddBent("10 MB of letters", Malformed, token => token + new string('A', 10 * 1024 * 1024));
        list.AddBent("10 MB of dots", Malformed, _ => new string('.', 10 * 1024 * 1024));
        list.AddSigned("10 MB, signed", Malformed, (_, claims) => claims["x"] = new string('A', 10 * 1024 * 1024));
        list.AddSigned("one character more than the limit allows", Malformed, (_, claims) => claims["x"] = new string('A', 64 * 1024));
        list.AddBent("JSON serialization", Malformed, token => $$"""{"payload":"{{token.Split('.')[1]}}","signatures":[]}""");
        list.AddBent("UTF-16 payload", Malformed, token => Signed(Encoding.Unicode.GetBytes(Payload(token))));
        list.AddBent("a byte order mark in the payload", Malformed, token => Signed([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Payload(token))]));
        list.AddBent("a payload that is not UTF-8", Malformed, _ => Signed([.. "{\"sub\":\""u8, 0xC3, 0x28, .. "\"}"u8]));
        list.AddBent("an overlong UTF-8 form", Malformed, _ => Signed([.. "{\"sub\":\""u8, 0xC0, 0xAF, .. "\"}"u8]));
        list.AddBent("an empty payload", Malformed, _ => Signed([]));
    }

    private static string Payload(string token) =>
        Base64Url.TryDecode(token.Split('.')[1], out byte[] bytes) ? Encoding.UTF8.GetString(bytes) : throw new InvalidOperationException();

    private static string Signed(byte[] payload)
    {
        string signed = Forge.Part(Forge.Json(TestIssuer.Header())) + "." + Forge.Part(payload);
        return signed + "." + Forge.Part(AttackList.Issuer.Rsa.Sign("RS256", signed));
    }

    // So many that the signature's length is one more than a multiple of four.
    private static string CutToOne(string token)
    {
        int length = token.Length - token.LastIndexOf('.') - 1;
        return token[..^((length + 3) % 4)];
    }

    // 256 bytes end in two letters of which the last has four bits that mean nothing.
    private static string LeftOverBits(string token)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token[..^1] + Letters[Letters.IndexOf(token[^1]) | 1];
    }
}
