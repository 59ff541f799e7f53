using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AuthModule.Accounts.SecondFactors;

/// <summary>The address that an authenticator app reads from a QR code. It holds the secret: show it to its owner only.</summary>
internal sealed record OtpauthUri(string? Issuer, string Account, string Secret)
{
    public TotpAlgorithm Algorithm { get; init; } = TotpAlgorithm.Sha1;

    public int Digits { get; init; } = Totp.DefaultDigits;

    /// <summary>In seconds.</summary>
    public int Period { get; init; } = Totp.DefaultPeriod;

    /// <summary>The URI; what has its default value is left out, as apps then do the same.</summary>
    public string ToUriString()
    {
        string label = string.IsNullOrEmpty(Issuer) ? Escape(Account) : $"{Escape(Issuer!)}:{Escape(Account)}";
        var query = new List<string> { "secret=" + Escape(Secret) };
        if (!string.IsNullOrEmpty(Issuer))
        {
            query.Add("issuer=" + Escape(Issuer!));
        }

        if (Algorithm != TotpAlgorithm.Sha1)
        {
            query.Add("algorithm=" + Algorithm.ToString().ToUpperInvariant());
        }

        if (Digits != Totp.DefaultDigits)
        {
            query.Add("digits=" + Digits.ToString(CultureInfo.InvariantCulture));
        }

        if (Period != Totp.DefaultPeriod)
        {
            query.Add("period=" + Period.ToString(CultureInfo.InvariantCulture));
        }

        return $"otpauth://totp/{label}?{string.Join("&", query)}";
    }

    /// <summary>False for anything that is not a time-based otpauth URI with a readable secret.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out OtpauthUri? uri)
    {
        uri = null;
        const string Start = "otpauth://totp/";
        if (text is null || !text.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string[] parts = text.Substring(Start.Length).Split(['?'], 2);
        Dictionary<string, string> query = ReadQuery(parts.Length > 1 ? parts[1] : string.Empty);
        string[] label = Uri.UnescapeDataString(parts[0]).Split([':'], 2);
        if (!query.TryGetValue("secret", out string? secret)
            || !Base32.TryDecode(secret, out byte[] bytes)
            || bytes.Length == 0
            || !TryNumber(query, "digits", Totp.DefaultDigits, out int digits)
            || !TryNumber(query, "period", Totp.DefaultPeriod, out int period)
            || !TryAlgorithm(query, out TotpAlgorithm algorithm))
        {
            return false;
        }

        string? issuer = query.TryGetValue("issuer", out string? named) ? named : label.Length > 1 ? label[0].Trim() : null;
        uri = new OtpauthUri(issuer, label[label.Length - 1].Trim(), secret) { Algorithm = algorithm, Digits = digits, Period = period };
        return true;
    }

    /// <summary>Without the secret: a record prints every member.</summary>
    public override string ToString() => $"otpauth {Issuer}:{Account}";

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static Dictionary<string, string> ReadQuery(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in query.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split(['='], 2);
            values[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : string.Empty;
        }

        return values;
    }

    private static bool TryNumber(Dictionary<string, string> query, string name, int otherwise, out int number)
    {
        number = otherwise;
        return !query.TryGetValue(name, out string? text)
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryAlgorithm(Dictionary<string, string> query, out TotpAlgorithm algorithm)
    {
        algorithm = TotpAlgorithm.Sha1;
        return !query.TryGetValue("algorithm", out string? name)
            || (Enum.TryParse(name.Replace("-", string.Empty), ignoreCase: true, out algorithm) && Enum.IsDefined(typeof(TotpAlgorithm), algorithm));
    }
}
