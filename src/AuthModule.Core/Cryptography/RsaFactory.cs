using System;
using System.Security.Cryptography;

namespace AuthModule.Cryptography;

/// <summary>
/// Makes every RSA key of the engine. What .NET Framework gives by default knows neither PSS nor OAEP with SHA-2, and makes
/// 1,024 bits whatever is asked for; the class that does it right is not named by netstandard2.0.
/// </summary>
internal static class RsaFactory
{
    /// <summary>The least that RFC 7518, section 3.3, allows.</summary>
    public const int DefaultBits = 2048;

    /// <summary>A new key.</summary>
    /// <exception cref="CryptographicException">The platform did not make as many bits.</exception>
    public static RSA Generate(int bits = DefaultBits)
    {
#if NETSTANDARD2_0
        RSA rsa = Empty();
        rsa.KeySize = bits;
        if (rsa.ExportParameters(includePrivateParameters: false).Modulus!.Length * 8 != bits)
        {
            rsa.Dispose();
            rsa = new RSACryptoServiceProvider(bits);
        }

        if (rsa.ExportParameters(includePrivateParameters: false).Modulus!.Length * 8 != bits)
        {
            throw new CryptographicException($"This platform makes no RSA key of {bits} bits.");
        }

        return rsa;
#else
        return RSA.Create(bits);
#endif
    }

    /// <summary>A key of these numbers, public or private.</summary>
    /// <exception cref="CryptographicException">They are none of a key.</exception>
    public static RSA From(RSAParameters numbers)
    {
        RSA rsa = Empty();
        try
        {
            rsa.ImportParameters(numbers);
            return rsa;
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            throw;
        }
    }

    private static RSA Empty()
    {
#if NETSTANDARD2_0
        Type? capable = OperatingSystem.IsWindows()
            ? Type.GetType("System.Security.Cryptography.RSACng, System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")
            : null;
        return capable is null ? RSA.Create() : (RSA)Activator.CreateInstance(capable);
#else
        return RSA.Create();
#endif
    }
}
