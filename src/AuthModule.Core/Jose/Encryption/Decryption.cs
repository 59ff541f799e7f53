namespace AuthModule.Jose.Encryption;

/// <summary>The plain text of an encrypted token, or why there is none.</summary>
internal readonly struct Decryption
{
    private Decryption(byte[]? plaintext, string? faultId, string? fault)
    {
        Plaintext = plaintext;
        FaultId = faultId;
        Fault = fault;
    }

    public byte[]? Plaintext { get; }

    public string? FaultId { get; }

    public string? Fault { get; }

    /// <summary>One fault for a wrong key, a changed text and a wrong padding: who can tell them apart can decrypt without the key (RFC 7516, section 11.5).</summary>
    public static Decryption Undecryptable { get; } = new(null, AuthErrorId.SignatureInvalid, "cannot be decrypted with the key that was given, or was changed");

    public static Decryption Done(byte[] plaintext) => new(plaintext, null, null);

    public static Decryption NotAllowed(string fault) => new(null, AuthErrorId.AlgorithmNotAllowed, fault);

    public static Decryption Malformed(string fault) => new(null, AuthErrorId.TokenMalformed, fault);
}
