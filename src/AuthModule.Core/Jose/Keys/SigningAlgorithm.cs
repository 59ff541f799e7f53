using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace AuthModule.Jose.Keys;

/// <summary>An algorithm of RFC 7518, section 3.1, and RFC 8037, with the only keys that it may be used with.</summary>
internal sealed class SigningAlgorithm
{
    private static readonly Dictionary<string, SigningAlgorithm> Known = Build();

    private SigningAlgorithm(string name, KeyKind kind, HashAlgorithmName hash, string? curve = null, int signatureBytes = 0)
    {
        Name = name;
        IsPss = name[0] == 'P';
        Kind = kind;
        Hash = hash;
        Curve = curve;
        SignatureBytes = signatureBytes;
    }

    public string Name { get; }

    public KeyKind Kind { get; }

    /// <summary>RSASSA-PSS, not the older padding.</summary>
    public bool IsPss { get; }

    /// <summary>Also the hash of <c>at_hash</c> and <c>c_hash</c> (OpenID Connect Core, section 3.1.3.6).</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The one curve of the key; null for keys without.</summary>
    public string? Curve { get; }

    /// <summary>The one length of a signature; 0 where the key decides it.</summary>
    public int SignatureBytes { get; }

    /// <summary>By its exact name: <c>none</c>, in whatever letters, is not among them.</summary>
    public static SigningAlgorithm? Find(string name) => Known.GetValueOrDefault(name);

    private static Dictionary<string, SigningAlgorithm> Build()
    {
        SigningAlgorithm[] all =
        [
            new("RS256", KeyKind.Rsa, HashAlgorithmName.SHA256),
            new("RS384", KeyKind.Rsa, HashAlgorithmName.SHA384),
            new("RS512", KeyKind.Rsa, HashAlgorithmName.SHA512),
            new("PS256", KeyKind.Rsa, HashAlgorithmName.SHA256),
            new("PS384", KeyKind.Rsa, HashAlgorithmName.SHA384),
            new("PS512", KeyKind.Rsa, HashAlgorithmName.SHA512),
            new("ES256", KeyKind.Ec, HashAlgorithmName.SHA256, "P-256", 64),
            new("ES384", KeyKind.Ec, HashAlgorithmName.SHA384, "P-384", 96),
            new("ES512", KeyKind.Ec, HashAlgorithmName.SHA512, "P-521", 132),
            new("EdDSA", KeyKind.EdwardsCurve, HashAlgorithmName.SHA512, "Ed25519", 64),
            new("HS256", KeyKind.Symmetric, HashAlgorithmName.SHA256, signatureBytes: 32),
            new("HS384", KeyKind.Symmetric, HashAlgorithmName.SHA384, signatureBytes: 48),
            new("HS512", KeyKind.Symmetric, HashAlgorithmName.SHA512, signatureBytes: 64),
        ];
        var known = new Dictionary<string, SigningAlgorithm>(StringComparer.Ordinal);
        foreach (SigningAlgorithm algorithm in all)
        {
            known.Add(algorithm.Name, algorithm);
        }

        return known;
    }
}
