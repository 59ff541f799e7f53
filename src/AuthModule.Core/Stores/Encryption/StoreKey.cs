using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Stores.Encryption;

/// <summary>
/// What opens the values of a store: 32 random bytes, or a passphrase. The keys that are really used are derived from it, and
/// for a passphrase from the salt of each store besides, so that equal passphrases do not make equal keys.
/// </summary>
internal sealed class StoreKey
{
    public const int Length = 32;
    public const int ShortestPassphrase = 16;

    // OWASP's figure for PBKDF2 with HMAC-SHA256; paid once per process and store, and only for passphrases.
    private const int Iterations = 600_000;

    private readonly byte[] material;
    private readonly bool isPassphrase;

    private StoreKey(byte[] material, bool isPassphrase, string origin)
    {
        this.material = material;
        this.isPassphrase = isPassphrase;
        Origin = origin;
        SessionNameKey = HMACSHA256.HashData(material, Encoding.ASCII.GetBytes("authmodule session names"));
    }

    /// <summary>Where it came from, for messages.</summary>
    public string Origin { get; }

    /// <summary>
    /// Makes the same session name in every process that has this key. Such names stay in memory: a store gets them hashed
    /// once more, with a key that guessing a passphrase has to pay for.
    /// </summary>
    public byte[] SessionNameKey { get; }

    public static StoreKey FromBytes(byte[] bytes, string origin) =>
        bytes.Length == Length ? new StoreKey((byte[])bytes.Clone(), isPassphrase: false, origin) : throw new ArgumentException("A key has 32 bytes.", nameof(bytes));

    /// <summary>Base64 (or base64url) of 32 bytes is a key; any other text of at least 16 characters is a passphrase.</summary>
    /// <exception cref="ConfigurationException">InvalidKey: shorter.</exception>
    public static StoreKey FromText(string text, string origin)
    {
        string trimmed = text.Trim();
        if (TryReadBytes(trimmed) is { } bytes)
        {
            return new StoreKey(bytes, isPassphrase: false, origin);
        }

        return trimmed.Length >= ShortestPassphrase
            ? new StoreKey(Encoding.UTF8.GetBytes(trimmed), isPassphrase: true, origin)
            : throw AuthError.Create(
                AuthErrorId.InvalidKey,
                $"{origin} is too short to protect a store.",
                "Set it to the base64 of 32 random bytes (openssl rand -base64 32), or to a passphrase of 16 characters at least.");
    }

    public static byte[]? TryReadBytes(string text)
    {
        if (text.Length is < 43 or > 44)
        {
            return null;
        }

        try
        {
            byte[] bytes = Convert.FromBase64String(text.TrimEnd('=').Replace('-', '+').Replace('_', '/').PadRight(44, '='));
            return bytes.Length == Length ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>A passphrase may be guessed: only with a salt of each store is that work not done once for all of them.</summary>
    public bool NeedsSalt => isPassphrase;

    /// <summary>The keys for every store, where nothing has to be stretched: 32 random bytes need no salt that a store could lose.</summary>
    public EntryCipher Unsalted() => Derive(HMACSHA256.HashData(Encoding.ASCII.GetBytes("authmodule store"), material));

    /// <summary>The keys for one store.</summary>
    public EntryCipher ForSalt(byte[] salt) => Derive(isPassphrase
        ? Rfc2898DeriveBytes.Pbkdf2(material, salt, Iterations, HashAlgorithmName.SHA256, Length)
        : HMACSHA256.HashData(salt, material));

    private static EntryCipher Derive(byte[] master)
    {
        byte[] Derive(string purpose) => HMACSHA256.HashData(master, Encoding.ASCII.GetBytes(purpose));
        return new EntryCipher(Derive("authmodule store encryption"), Derive("authmodule store names"));
    }

    /// <summary>Equal for equal keys, and of no use to find the key.</summary>
    public string Fingerprint => Base64Url.Encode(HMACSHA256.HashData(SessionNameKey, Encoding.ASCII.GetBytes("authmodule fingerprint")).Take(9).ToArray());

    public override string ToString() => Origin;
}
