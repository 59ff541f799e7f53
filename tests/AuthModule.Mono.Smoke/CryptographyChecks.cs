using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Cryptography;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Secrets;
using AuthModule.Jose.Signing;
using AuthModule.Validation;
using AuthModule.Jose.Encryption;

namespace AuthModule.Mono.Smoke;

/// <summary>Keys, signatures, encryption and one-time codes.</summary>
internal static class CryptographyChecks
{
    private const string Sentence = "The true sign of intelligence is not knowledge but imagination.";

    public static KeyValuePair<string, Func<Task>>[] All =>
    [
        Check.That("mfa: the codes of RFC 6238, appendix B", () =>
        {
            foreach ((TotpAlgorithm algorithm, int length, string code) in new[] { (TotpAlgorithm.Sha1, 20, "94287082"), (TotpAlgorithm.Sha256, 32, "46119246"), (TotpAlgorithm.Sha512, 64, "90693936") })
            {
                byte[] secret = new byte[length];
                for (int i = 0; i < length; i++)
                {
                    secret[i] = (byte)('0' + ((i + 1) % 10));
                }

                Check.Equal(code, new Totp(secret, algorithm, digits: 8).CodeAt(DateTimeOffset.FromUnixTimeSeconds(59)));
            }
        }),
        Check.That("cryptography: Ed25519 signs and verifies", () =>
        {
            byte[] key = Ed25519.NewPrivateKey(), data = [1, 2, 3];
            byte[] signature = Ed25519.Sign(key, data);
            Check.Equal(true, Ed25519.Verify(Ed25519.PublicKeyOf(key), data, signature));
            data[0] ^= 1;
            Check.Equal(false, Ed25519.Verify(Ed25519.PublicKeyOf(key), data, signature));
        }),
        Check.That("cryptography: X25519 agrees", () =>
        {
            byte[] one = X25519.NewPrivateKey(), other = X25519.NewPrivateKey();
            Check.Equal(X25519.Agree(one, X25519.PublicKeyOf(other))!, X25519.Agree(other, X25519.PublicKeyOf(one))!);
        }),
        Check.That("cryptography: an RSA key has 2048 bits", () =>
        {
            using RSA rsa = RsaFactory.Generate();
            Check.Equal(2048, rsa.ExportParameters(false).Modulus!.Length * 8);
        }),
        Check.That("cryptography: a JWE with AES-GCM is decrypted", () =>
        {
            byte[] key = new byte[32], nonce = new byte[12], text = Encoding.UTF8.GetBytes(Sentence), cipher = new byte[text.Length], tag = new byte[16];
            string header = Base64Url.Encode(Encoding.ASCII.GetBytes("""{"alg":"dir","enc":"A256GCM"}"""));
            using (var gcm = new Polyfills.AesGcm(key, 16))
            {
                gcm.Encrypt(nonce, text, cipher, tag, Encoding.ASCII.GetBytes(header));
            }

            CompactToken token = CompactToken.TryRead($"{header}..{Base64Url.Encode(nonce)}.{Base64Url.Encode(cipher)}.{Base64Url.Encode(tag)}", out _)!;
            Check.Equal(Sentence, Encoding.UTF8.GetString(JweReader.Decrypt(token, DecryptionKey.From(key)).Plaintext!));
        }),
        Check.That("keys: an encrypted PEM signs with RS256", () => Check.Equal(256, ReadKey(Keys.EncryptedRsa, Keys.Password).Sign("RS256", [1, 2, 3]).Length)),
        Check.That("keys: an RSA key from PEM signs with PS256", () =>
        {
            RequirePss();
            Check.Equal(256, ReadKey(Keys.EncryptedRsa, Keys.Password).Sign("PS256", [1, 2, 3]).Length);
        }),
        Check.That("keys: an EC key signs with ES256", () =>
        {
            RequireEc();
            Check.Equal(64, ReadKey(Keys.EncryptedEc, Keys.Password).Sign("ES256", [1, 2, 3]).Length);
        }),
    ];

    private static ClientKey ReadKey(string pem, string password)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, pem);
            return KeyFile.Read(file, Secret.From(password));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void RequirePss()
    {
        try
        {
            using RSA rsa = RsaFactory.Generate();
            rsa.SignData([1], HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            throw new MissingOnThisRuntimeException("no RSACng, and what RSA.Create() gives knows no PSS");
        }
    }

    private static void RequireEc()
    {
        try
        {
            using ECDsa? ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            if (ec is null)
            {
                throw new MissingOnThisRuntimeException("ECDsa.Create() gives nothing");
            }
        }
        catch (Exception cause) when (cause is NotImplementedException or NotSupportedException or PlatformNotSupportedException or MissingMethodException or TypeLoadException)
        {
            throw new MissingOnThisRuntimeException("no ECDsa: " + cause.GetType().Name);
        }
    }
}
