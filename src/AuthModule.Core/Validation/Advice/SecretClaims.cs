using System;
using System.Collections.Generic;

namespace AuthModule.Validation.Advice;

/// <summary>Finds claims that look like a secret, by their name or by the form of their value.</summary>
internal static class SecretClaims
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "pwd", "passphrase", "pin", "secret", "clientsecret", "apikey", "apitoken", "privatekey", "accesskey", "secretkey",
        "refreshtoken", "accesstoken", "credential", "credentials", "otp", "totpsecret", "creditcard", "cardnumber", "cvv", "ssn",
    };

    /// <summary>The name of the first such claim, along the dots where it is further inside; null when there is none.</summary>
    public static string? Find(IReadOnlyDictionary<string, object?> claims)
    {
        foreach (KeyValuePair<string, object?> claim in claims)
        {
            if (claim.Value is null or false or true)
            {
                continue;
            }

            if (Names.Contains(claim.Key.Replace("_", string.Empty).Replace("-", string.Empty)) || IsSecret(claim.Value as string))
            {
                return claim.Key;
            }

            if (claim.Value is Dictionary<string, object?> inner && Find(inner) is { } found)
            {
                return claim.Key + "." + found;
            }
        }

        return null;
    }

    private static bool IsSecret(string? value) =>
        value is not null
        && (value.StartsWith("-----BEGIN ", StringComparison.Ordinal)
            || (value.StartsWith("eyJ", StringComparison.Ordinal) && value.Split('.').Length is 3 or 5));
}
