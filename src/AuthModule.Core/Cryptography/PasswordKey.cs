using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace AuthModule.Cryptography;

/// <summary>PBKDF2 (RFC 8018, section 5.2) with HMAC-SHA-256: netstandard2.0's own knows SHA-1 only. For that build only. Touching this class loads the library that does it.</summary>
internal static class PasswordKey
{
    public static byte[] Derive(byte[] password, byte[] salt, int iterations, int length)
    {
        var generator = new Pkcs5S2ParametersGenerator(new Sha256Digest());
        generator.Init(password, salt, iterations);
        return ((KeyParameter)generator.GenerateDerivedMacParameters(length * 8)).GetKey();
    }
}
