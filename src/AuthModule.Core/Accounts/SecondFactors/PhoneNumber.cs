using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Accounts.SecondFactors;

/// <summary>Phone numbers as services take them: an optional plus and 9 to 15 digits, without the spaces and hyphens that people write.</summary>
internal static class PhoneNumber
{
    private const int FewestDigits = 9;

    // Fifteen of E.164 and one for the trunk prefix that some services allow before them.
    private const int MaxDigits = 16;

    /// <exception cref="AuthenticationException">InvalidRequest.</exception>
    public static string Normalize(string typed)
    {
        string number = new([.. typed.Where(c => c is not (' ' or '-' or '(' or ')' or '.'))]);
        string digits = number.StartsWith('+') ? number.Substring(1) : number;
        return digits.Length is >= FewestDigits and <= MaxDigits && digits.All(c => c is >= '0' and <= '9')
            ? number
            : throw AuthError.Create(AuthErrorId.InvalidRequest, "-PhoneNumber is not a phone number. Nothing was sent.", "Write it with the country's code: +49 30 1234567.");
    }
}
