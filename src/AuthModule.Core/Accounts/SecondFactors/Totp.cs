using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Errors;

namespace AuthModule.Accounts.SecondFactors;

/// <summary>Time-based one-time codes (RFC 6238), for whoever makes them and for whoever checks them.</summary>
internal sealed class Totp
{
    public const int DefaultDigits = 6;
    public const int DefaultPeriod = 30;

    private readonly byte[] secret;

    /// <param name="secret">The shared key itself, not its base32 form.</param>
    /// <param name="algorithm">SHA-1 is what authenticator apps expect.</param>
    /// <param name="digits">6 to 8.</param>
    /// <param name="period">Seconds for which a code is shown, 1 to 3600.</param>
    /// <exception cref="ConfigurationException"><see cref="AuthErrorId.InvalidKey"/> or <see cref="AuthErrorId.MissingParameter"/>.</exception>
    public Totp(byte[] secret, TotpAlgorithm algorithm = TotpAlgorithm.Sha1, int digits = DefaultDigits, int period = DefaultPeriod)
    {
        if (secret.Length == 0)
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, "The secret for one-time codes is empty.");
        }

        if (digits is < 6 or > 8 || period is < 1 or > 3600)
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, "One-time codes have 6 to 8 digits and a period of 1 to 3600 seconds.");
        }

        this.secret = secret;
        Algorithm = algorithm;
        Digits = digits;
        Period = period;
    }

    public TotpAlgorithm Algorithm { get; }

    public int Digits { get; }

    /// <summary>In seconds.</summary>
    public int Period { get; }

    /// <exception cref="ConfigurationException"><see cref="AuthErrorId.InvalidKey"/>: not base32.</exception>
    public static Totp FromBase32(string secret, TotpAlgorithm algorithm = TotpAlgorithm.Sha1, int digits = DefaultDigits, int period = DefaultPeriod) =>
        Base32.TryDecode(secret, out byte[] bytes)
            ? new Totp(bytes, algorithm, digits, period)
            : throw AuthError.Create(
                AuthErrorId.InvalidKey,
                "The secret for one-time codes is not base32.",
                "Give the secret as the service showed it, letters A to Z and digits 2 to 7 (spaces and case do not matter), or the whole otpauth address.");

    /// <summary>The number of the period that a time is in; a code belongs to one step.</summary>
    public long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / Period;

    public string CodeAt(DateTimeOffset time) => CodeOfStep(StepAt(time));

    /// <summary>How long the code of a time stays the same.</summary>
    public TimeSpan LeftAt(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds((StepAt(time) + 1) * Period) - time;

    public string CodeOfStep(long step)
    {
        byte[] counter = BitConverter.GetBytes(step);
        if (BitConverter.IsLittleEndian)
        {
            Array.Reverse(counter);
        }

        // Dynamic truncation (RFC 4226, section 5.3).
        byte[] hash = Hash(counter);
        int offset = hash[hash.Length - 1] & 0x0F;
        int number = ((hash[offset] & 0x7F) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        int modulus = Digits switch { 6 => 1_000_000, 7 => 10_000_000, _ => 100_000_000 };
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>
    /// The step whose code this is, or null for none. The caller keeps it and passes it as <paramref name="lastStep"/> the
    /// next time, so that no code works twice (RFC 6238, section 5.2).
    /// </summary>
    /// <param name="code">As typed.</param>
    /// <param name="time">The checker's time.</param>
    /// <param name="lastStep">The last step that was accepted; codes of it and of earlier ones are refused.</param>
    /// <param name="window">How many steps the two clocks may differ.</param>
    public long? Match(string? code, DateTimeOffset time, long? lastStep = null, int window = 1)
    {
        if (code is null || code.Length != Digits)
        {
            return null;
        }

        byte[] given = Encoding.UTF8.GetBytes(code);
        long? matched = null;
        long now = StepAt(time);
        for (long step = now - window; step <= now + window; step++)
        {
            // Every step is tried, so that the time taken tells nothing.
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeOfStep(step))) && !(step <= lastStep))
            {
                matched ??= step;
            }
        }

        return matched;
    }

    private byte[] Hash(byte[] counter)
    {
#pragma warning disable CA5350 // RFC 6238 names SHA-1 as the default; as a keyed hash it is not broken.
        using HMAC hmac = Algorithm switch
        {
            TotpAlgorithm.Sha256 => new HMACSHA256(secret),
            TotpAlgorithm.Sha512 => new HMACSHA512(secret),
            _ => new HMACSHA1(secret),
        };
#pragma warning restore CA5350
        return hmac.ComputeHash(counter);
    }
}
