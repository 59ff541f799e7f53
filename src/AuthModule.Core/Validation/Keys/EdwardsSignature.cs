namespace AuthModule.Validation.Keys;

/// <summary>Ed25519 (RFC 8032, RFC 8037) where the platform has it.</summary>
internal static class EdwardsSignature
{
    public static bool IsSupported => false;

    public static bool Verifies(byte[] publicKey, byte[] data, int length, byte[] signature) =>
        IsSupported && publicKey.Length == 32 && length <= data.Length && signature.Length == 64 && false;
}
