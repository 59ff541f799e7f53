using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Jose.Encryption;
using AuthModule.TestKit.Jwts;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Encrypted tokens: anybody can make one for a public key, so that what is inside counts.</summary>
internal static class EncryptionAttacks
{
    private static readonly byte[] Shared = RandomNumberGenerator.GetBytes(32);

    public static void Add(AttackList list)
    {
        list.AddBent("encrypted, and no key to decrypt", AuthErrorId.KeyNotFound, token => JweForge.Token(token));
        Add(list, "encrypted to another key", AuthErrorId.SignatureInvalid, token => JweForge.Token(token, recipient: AttackList.Issuer.Stranger.Rsa));
        Add(list, "encrypted, claims not signed", AuthErrorId.AlgorithmNotAllowed, _ => JweForge.Token("""{"iss":"https://id.example.com","sub":"root","exp":4102444800}"""));
        Add(list, "encrypted, unsigned token inside", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(Forge.Part("""{"alg":"none"}""") + "." + token.Split('.')[1] + "."));
        Add(list, "encrypted, token of a stranger inside", AuthErrorId.SignatureInvalid, token => JweForge.Token(token[..(token.LastIndexOf('.') + 1)] + Forge.Part(new byte[256])));
        Add(list, "encrypted twice", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(JweForge.Token(token)));
        Add(list, "zip bomb: 50 MB of zeros", AuthErrorId.TokenMalformed, _ => JweForge.Token(JweForge.Deflate(new byte[50_000_000]), header => header["zip"] = "DEF"));
        Add(list, "zip bomb: 40 MB of spaces around a token", AuthErrorId.TokenMalformed, token => JweForge.Token(JweForge.Deflate(Encoding.ASCII.GetBytes(token + new string(' ', 40_000_000))), header => header["zip"] = "DEF"));
        Add(list, "zip that is none", AuthErrorId.TokenMalformed, token => JweForge.Token(token, header => header["zip"] = "DEF"));
        Add(list, "zip of an unknown kind", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => header["zip"] = "GZ"));
        Add(list, "unknown crit on the outside", AuthErrorId.TokenMalformed, token => JweForge.Token(token, header => header["crit"] = new[] { "exp" }));
        Add(list, "old RSA padding", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => header["alg"] = "RSA1_5"));
        Add(list, "dir with a public key's recipient", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => header["alg"] = "dir"));
        Add(list, "a password with 2 billion rounds", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => { header["alg"] = "PBES2-HS256+A128KW"; header["p2c"] = int.MaxValue; header["p2s"] = "AAAA"; }));
        Add(list, "no alg on the outside", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => header.Remove("alg")));
        Add(list, "no enc", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => header.Remove("enc")));
        Add(list, "enc none", AuthErrorId.AlgorithmNotAllowed, token => JweForge.Token(token, header => header["enc"] = "none"));
        Add(list, "enc swapped for CBC", AuthErrorId.SignatureInvalid, token => JweForge.Token(token, header => header["enc"] = "A128CBC-HS256"));
        Add(list, "header changed after encryption", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 0, _ => Encoding.UTF8.GetBytes("""{"alg":"RSA-OAEP-256","enc":"A256GCM"}""")));
        Add(list, "encrypted key changed", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 1, FlipFirst));
        Add(list, "encrypted key empty", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 1, _ => []));
        Add(list, "vector changed", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 2, FlipFirst));
        Add(list, "vector empty", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 2, _ => []));
        Add(list, "ciphertext changed", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 3, FlipFirst));
        Add(list, "tag changed", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 4, FlipFirst));
        Add(list, "tag cut to four bytes", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 4, tag => tag[..4]));
        Add(list, "tag empty", AuthErrorId.SignatureInvalid, token => Part(JweForge.Token(token), 4, _ => []));
        list.AddBent(
            "dir with another secret",
            AuthErrorId.SignatureInvalid,
            token => JweForge.Direct(token, new byte[32]),
            rules => rules with { Decryption = DecryptionKey.From(Shared) });
        list.AddBent(
            "dir with an encrypted key as well",
            AuthErrorId.SignatureInvalid,
            token => Part(JweForge.Direct(token, Shared), 1, _ => [1, 2, 3]),
            rules => rules with { Decryption = DecryptionKey.From(Shared) });
    }

    private static void Add(AttackList list, string name, string expected, Func<string, string> bend) =>
        list.AddBent(name, expected, bend, rules => rules with { Decryption = DecryptionKey.From(JweForge.Recipient) });

    private static string Part(string token, int index, Func<byte[], byte[]> change)
    {
        string[] parts = token.Split('.');
        parts[index] = Base64Url.TryDecode(parts[index], out byte[] bytes) ? Forge.Part(change(bytes)) : throw new InvalidOperationException();
        return string.Join('.', parts);
    }

    private static byte[] FlipFirst(byte[] bytes) => [(byte)(bytes[0] ^ 1), .. bytes.Skip(1)];
}
