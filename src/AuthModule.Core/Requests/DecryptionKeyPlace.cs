using AuthModule.Jose.Encryption;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>Where the key is that a service encrypts ID tokens and replies to. Read when something encrypted comes, so that an exchanged key is taken at once.</summary>
/// <param name="Path">A PEM, JWK, JWK set or PFX file, or a certificate of a store.</param>
/// <param name="Password">Of an encrypted one; null where it has none.</param>
internal sealed record DecryptionKeyPlace(string Path, Secret? Password)
{
    /// <exception cref="ConfigurationException">InvalidKey.</exception>
    public DecryptionKeys Read() => DecryptionKeyFile.Read(Path, Password);

    public override string ToString() => Path;
}
