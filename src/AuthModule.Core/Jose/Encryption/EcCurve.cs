using System.Security.Cryptography;

namespace AuthModule.Jose.Encryption;

/// <summary>The curves of RFC 7518, section 6.2.1.1.</summary>
internal static class EcCurve
{
    public static ECCurve? Find(string? name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    /// <summary>By the size of its keys in bits.</summary>
    public static string NameOf(int bits) => bits switch { 256 => "P-256", 384 => "P-384", _ => "P-521" };
}
