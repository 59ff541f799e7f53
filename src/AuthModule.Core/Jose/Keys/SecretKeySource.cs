using AuthModule.Secrets;

namespace AuthModule.Jose.Keys;

/// <summary>A secret that the user shares with the issuer, for HMAC. It is the only thing that verifies HMAC.</summary>
internal sealed class SecretKeySource(byte[] secret)
{
    public SecretKeySource(Secret secret)
        : this(secret.RevealUtf8())
    {
    }

    public VerificationKey Key { get; } = new() { Kind = KeyKind.Symmetric, Signatures = new HmacSignature(secret), Bits = secret.Length * 8 };

    public override string ToString() => Secret.Mask;
}
