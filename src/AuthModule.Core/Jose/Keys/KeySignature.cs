namespace AuthModule.Jose.Keys;

/// <summary>What verifies with one key. Safe from many threads.</summary>
internal abstract class KeySignature
{
    /// <param name="algorithm">One that fits the key, see <see cref="KeyFit"/>.</param>
    /// <param name="data">What was signed is the beginning of it.</param>
    /// <param name="length">How much of it.</param>
    /// <param name="signature">As it stands in the token.</param>
    public abstract bool Verifies(SigningAlgorithm algorithm, byte[] data, int length, byte[] signature);
}
