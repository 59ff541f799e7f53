using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Validation.Keys;

/// <summary>Makes an RSA key that can verify both paddings, RSASSA-PKCS1-v1_5 and RSASSA-PSS.</summary>
internal static class RsaMaterial
{
    public static RsaSecurityKey From(byte[] modulus, byte[] exponent)
    {
        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
#if NETSTANDARD2_0
        // The .NET Framework's default class knows no PSS; the one that does is not named by netstandard2.0.
        System.Type? capable = System.Type.GetType("System.Security.Cryptography.RSACng, System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089");
        if (capable is not null && System.Activator.CreateInstance(capable) is RSA rsa)
        {
            rsa.ImportParameters(parameters);
            return new RsaSecurityKey(rsa);
        }
#endif
        return new RsaSecurityKey(parameters);
    }
}
