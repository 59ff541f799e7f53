namespace AuthModule.Validation.Keys;

/// <summary>What verifies with one key. Safe from many threads.</summary>
internal abstract class KeySignature
{
    /// <param name="algorithm">One that fits the key, see <see cref="KeyFit"/>.</param>
    /// <param name="signed">What it has to be the signature of.</param>
    /// <param name="signature">As it stands in the token.</param>
    public abstract bool Verifies(SigningAlgorithm algorithm, SignedText signed, byte[] signature);
}
