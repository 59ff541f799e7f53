using System;
using AuthModule.Secrets;

namespace AuthModule.Accounts.SecondFactors;

/// <summary>One-time codes from what people have at hand: the base32 secret, written with spaces or not, or the otpauth address.</summary>
internal static class TotpSource
{
    /// <param name="secret">Base32 or an otpauth address.</param>
    /// <param name="algorithm">SHA1, SHA256 or SHA512; null takes the address's, else SHA1.</param>
    /// <param name="digits">Null takes the address's, else 6.</param>
    /// <param name="period">In seconds; null takes the address's, else 30.</param>
    /// <exception cref="ConfigurationException">InvalidKey.</exception>
    public static Totp Read(Secret secret, string? algorithm, int? digits, int? period)
    {
        string text = secret.Reveal().Trim();
        OtpauthUri? address = OtpauthUri.TryParse(text, out OtpauthUri? parsed) ? parsed : null;
        return Totp.FromBase32(
            address?.Secret ?? text.Replace(" ", string.Empty, StringComparison.Ordinal),
            algorithm is null ? address?.Algorithm ?? TotpAlgorithm.Sha1 : (TotpAlgorithm)Enum.Parse(typeof(TotpAlgorithm), algorithm, ignoreCase: true),
            digits ?? address?.Digits ?? Totp.DefaultDigits,
            period ?? address?.Period ?? Totp.DefaultPeriod);
    }
}
