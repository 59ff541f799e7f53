namespace AuthModule.Jose.Keys;

/// <summary>The key types of RFC 7518 and RFC 8037 that sign.</summary>
internal enum KeyKind
{
    Rsa,
    Ec,

    /// <summary>Ed25519.</summary>
    EdwardsCurve,

    /// <summary>A secret that both sides know.</summary>
    Symmetric,
}
