using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>Which keys an algorithm may be used with. The token names an algorithm; the key decides whether it is one of its own (RFC 8725, section 3.1).</summary>
internal static class KeyFit
{
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 16384;

    /// <summary>Null when they fit, else why not.</summary>
    public static string? Fault(VerificationKey key, SigningAlgorithm algorithm)
    {
        if (key.Kind != algorithm.Kind || (algorithm.Curve is { } curve && curve != key.Curve))
        {
            return $"{algorithm.Name} needs {Wanted(algorithm)}; {key.Name} is {key.Description}";
        }

        if (!key.IsForSignatures)
        {
            return $"{key.Name} is not for signatures";
        }

        if (key.Algorithm is { } own && own != algorithm.Name)
        {
            return $"{key.Name} is for {DisplayText.Text(own)} only, not {algorithm.Name}";
        }

        return key.Kind switch
        {
            KeyKind.Rsa when key.Bits is < SmallestRsa or > LargestRsa =>
                $"{key.Name} has {key.Bits} bits; an RSA key has {SmallestRsa} to {LargestRsa} (RFC 7518, section 3.3)",
            KeyKind.Symmetric when key.Bits < algorithm.SignatureBytes * 8 =>
                $"{algorithm.Name} needs a secret of at least {algorithm.SignatureBytes} bytes (RFC 7518, section 3.2); this one has {key.Bits / 8}",
            _ => null,
        };
    }

    private static string Wanted(SigningAlgorithm algorithm) => algorithm.Kind switch
    {
        KeyKind.Rsa => "an RSA key",
        KeyKind.Ec => $"an EC key on {algorithm.Curve}",
        KeyKind.EdwardsCurve => "an Ed25519 key",
        _ => "a shared secret",
    };
}
